/** A trace as the viewer's API answers it: Jaeger's JSON. Times are microseconds. */
export interface JaegerTrace {
  readonly traceID: string
  readonly spans: readonly JaegerSpan[]
  readonly processes: Readonly<Record<string, JaegerProcess>>
  readonly warnings?: readonly string[] | null
}

export interface JaegerSpan {
  readonly traceID: string
  readonly spanID: string
  readonly operationName: string
  readonly references?: readonly JaegerReference[] | null
  readonly startTime: number
  readonly duration: number
  readonly tags?: readonly JaegerTag[] | null
  readonly logs?: readonly JaegerLog[] | null
  readonly processID: string
  readonly warnings?: readonly string[] | null
}

export interface JaegerReference {
  readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM'
  readonly traceID: string
  readonly spanID: string
}

export interface JaegerTag {
  readonly key: string
  readonly type?: string
  readonly value: unknown
}

export interface JaegerLog {
  readonly timestamp: number
  readonly fields: readonly JaegerTag[]
}

export interface JaegerProcess {
  readonly serviceName: string
  readonly tags?: readonly JaegerTag[] | null
}

/** What the list shows of a trace. Times are microseconds. */
export interface Summary {
  readonly traceID: string
  readonly startTime: number
  readonly duration: number
  readonly root: { readonly service: string; readonly operation: string }
  readonly services: readonly ServiceShare[]
  readonly spans: number
  readonly errors: number
}

export interface ServiceShare {
  readonly name: string
  readonly spans: number
  readonly errors: number
}

/** How often one service called another. */
export interface Dependency {
  readonly parent: string
  readonly child: string
  readonly callCount: number
  readonly errorCount?: number
}

/** What the viewer has received and what has become of it. */
export type Counts = Readonly<Record<string, number>>
