import type { Parent } from './parents.js'

/** An app, and what its clients do with it. Plain data: as JSON it is what makes a failure come again. */
export interface Program {
  readonly stack: 'http' | 'express 4' | 'express 5'
  /** Who says 100 Continue: by hand, the request is emitted a second time. */
  readonly continues: 'by Node' | 'by hand'
  readonly layers: readonly Layer[]
  readonly connections: readonly Connection[]
}

/** What Express puts on the stack of a router. A plain server has middleware alone. */
export type Layer =
  | { readonly kind: 'middleware'; readonly path: string; readonly handlers: readonly Handler[] }
  | {
      readonly kind: 'route'
      readonly method: 'get' | 'post' | 'all'
      readonly path: string
      readonly handlers: readonly Handler[]
    }
  | { readonly kind: 'router' | 'app'; readonly path: string; readonly layers: readonly Layer[] }
  | { readonly kind: 'repair'; readonly way: (typeof repairs)[number] }

export interface Handler {
  readonly steps: readonly (typeof steps)[number][]
  readonly end: (typeof ends)[keyof typeof ends][number]
  readonly status: number
}

export interface Connection {
  readonly requests: readonly Request[]
  /** Whether all are sent at once, or each when the one before is answered. */
  readonly pipelined: boolean
  /** Bytes that are written at a time. */
  readonly piece: number
  /** The client breaks the connection off when so many bytes are sent, or have come. */
  readonly cut: { readonly when: 'sent' | 'received'; readonly bytes: number } | undefined
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PUT'
  readonly path: string
  readonly parent: Parent
  /** Bytes. */
  readonly body: number
  readonly extra: (typeof extras)[number]
}

/** What handlers in `app/` know how to do. */
export const steps = [
  ...(['await', 'tick', 'immediate', 'timer', 'body', 'stream', 'call'] as const),
  ...(['write', 'head', 'flush', 'processing', 'listen', 'set status'] as const),
]

/** How its handlers end: well, by leaving the rest to others, with errors and odd calls, and for worse. */
export const ends = {
  answers: ['end', 'end', 'send', 'end later', 'pipe', 'end and close'],
  passes: ['next', 'next', 'next', 'next route', 'next router'],
  failures: ['next error', 'throw', 'end and throw', 'end twice', 'end and next', 'next and end', 'next twice'],
  breaks: [
    ...(['nothing', 'destroy response', 'destroy response with error', 'destroy request'] as const),
    ...(['destroy socket', 'end and destroy'] as const),
  ],
} as const

/** What its error handlers do. */
export const repairs = ['answer', 'answer later', 'pass on', 'recover', 'throw'] as const

/** What may be special about a request. */
export const extras = ['nothing', 'chunked', 'expect', 'close', 'old', 'query', 'late body'] as const
