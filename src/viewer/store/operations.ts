import type { Span } from './span.js'

/** Which operations each service has, of the spans that are held. */
export class Operations {
  private readonly services = new Map<string, Map<string, Entry>>()

  /** In alphabetical order. */
  get serviceNames(): string[] {
    return [...this.services.keys()].sort()
  }

  /** By name and kind, in alphabetical order. */
  of(service: string): Operation[] {
    const entries = [...(this.services.get(service)?.values() ?? [])]
    return entries.map(({ operation }) => operation).sort(byName)
  }

  add(span: Span): void {
    const { serviceName } = span.process
    const operations = this.services.get(serviceName) ?? new Map<string, Entry>()
    this.services.set(serviceName, operations)
    const operation = operationOf(span)
    const key = keyOf(operation)
    const entry = operations.get(key)
    if (entry === undefined) operations.set(key, { operation, spans: 1 })
    else entry.spans++
  }

  remove(span: Span): void {
    const { serviceName } = span.process
    const operations = this.services.get(serviceName)
    const key = keyOf(operationOf(span))
    const entry = operations?.get(key)
    if (operations === undefined || entry === undefined) return
    if (--entry.spans === 0) operations.delete(key)
    if (operations.size === 0) this.services.delete(serviceName)
  }
}

export interface Operation {
  readonly name: string
  readonly spanKind: string
}

interface Entry {
  readonly operation: Operation
  spans: number
}

const KINDS = new Set<unknown>(['client', 'server', 'producer', 'consumer', 'internal'])

/** The value of the tag `span.kind`, or `unspecified`. */
export function kindOf({ tags }: Span): string {
  const kind = tags.find(({ key }) => key === 'span.kind')?.value
  return typeof kind === 'string' && KINDS.has(kind) ? kind : 'unspecified'
}

function operationOf(span: Span): Operation {
  return { name: span.operationName, spanKind: kindOf(span) }
}

function keyOf({ name, spanKind }: Operation): string {
  return `${spanKind}:${name}`
}

function byName(one: Operation, other: Operation): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  return one.spanKind < other.spanKind ? -1 : 1
}
