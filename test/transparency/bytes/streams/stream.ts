/** What a client does, step by step; at the end, a connection that the app leaves open is half-closed and waited for. */
export type Stream = readonly Step[]

/** A text is sent on the first connection. */
export type Step = string | (Action & { readonly on?: number })

export type Action =
  /** Bytes, in one piece. */
  | { readonly send: string }
  /** Bytes, one by one: each is read before the next is sent. */
  | { readonly slowly: string }
  /** Waits until what has been received matches. */
  | { readonly hear: RegExp }
  /** Waits until the app has seen an event. */
  | { readonly see: RegExp }
  /** Has the app do what it calls by this name. */
  | { readonly tell: string }
  /** Half-closes the connection, resets it, or is gone. */
  | { readonly leave: 'end' | 'reset' | 'destroy' }

/** By name, what they do. */
export type Streams = Readonly<Record<string, Stream>>

/** The head of a request, with the empty line at its end. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`
}

export const host = 'Host: test'
export const close = 'Connection: close'
export const chunked = 'Transfer-Encoding: chunked'

export function get(target = '/', ...headers: readonly string[]): string {
  return head(`GET ${target} HTTP/1.1`, host, ...headers)
}

export function post(...headers: readonly string[]): string {
  return head('POST / HTTP/1.1', host, ...headers)
}

/** A header whose value has so many bytes. */
export function long(name: string, length: number): string {
  return `${name}: ${'x'.repeat(length)}`
}
