import { endOf, type Span } from './span.js'

/**
 * Puts spans below their parents and answers those that have none, whatever the senders made of the ids: spans sent
 * twice are dropped, ids used twice told apart, parents that are missing said, and circles opened.
 */
export function growTree(received: readonly Span[]): Span[] {
  const spans = received.filter(once())
  const byId = new Map<string, Span>()
  for (const span of spans) name(span, byId)
  for (const span of spans) span.parent ??= findParent(span, byId)
  openCircles(spans)
  for (const span of spans) span.parent?.children.push(span)
  return spans.filter((span) => span.parent === undefined)
}

/** All spans by their start, each followed by those below it. Sets their depth and counts their descendants. */
export function inOrder(roots: Span[]): Span[] {
  const spans: Span[] = []
  const pending = roots.sort(byStart).slice().reverse()
  for (let span = pending.pop(); span !== undefined; span = pending.pop()) {
    span.depth = span.parent === undefined ? 0 : span.parent.depth + 1
    span.descendants = 0
    spans.push(span)
    for (const child of span.children.sort(byStart).slice().reverse()) pending.push(child)
  }
  for (const { parent, descendants } of [...spans].reverse()) if (parent) parent.descendants += descendants + 1
  return spans
}

function byStart(one: Span, other: Span): number {
  return one.start - other.start || endOf(other) - endOf(one)
}

function once(): (span: Span) => boolean {
  const seen = new Set<string>()
  return ({ id, processId, operation, start, duration }) => {
    const identity = [id, processId, operation, start, duration].join('\n')
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  }
}

/**
 * Gives the span a key of its own. Where client and server share an id, as Zipkin's senders do, the server's span is
 * what the children mean.
 */
function name(span: Span, byId: Map<string, Span>): void {
  const first = byId.get(span.id)
  if (first !== undefined) {
    for (let count = 2; byId.has(span.key); count++) span.key = `${span.id}-${count}`
    if (first.kind === 'client' && span.kind === 'server') share(span, first, byId)
    else if (first.kind === 'server' && span.kind === 'client') share(first, span, byId)
    else span.warnings.push('Another span of this trace has the same id.')
  }
  byId.set(span.key, span)
}

function share(server: Span, client: Span, byId: Map<string, Span>): void {
  server.parent = client
  byId.set(server.id, server)
}

function findParent(span: Span, byId: ReadonlyMap<string, Span>): Span | undefined {
  const references = span.references.filter(({ traceID }) => traceID === span.traceId)
  const wanted = references.sort((one, other) => rank(one.refType) - rank(other.refType))
  for (const { spanID } of wanted) {
    const parent = byId.get(spanID)
    if (parent !== undefined) return parent
  }
  if (wanted.length > 0) span.warnings.push('Its parent is not in the trace.')
  return undefined
}

function rank(type: string): number {
  return type === 'CHILD_OF' ? 0 : 1
}

function openCircles(spans: readonly Span[]): void {
  const checked = new Set<Span>()
  for (const start of spans) {
    const way = new Set<Span>()
    for (let span = start; !checked.has(span); ) {
      way.add(span)
      if (span.parent === undefined) break
      if (way.has(span.parent)) {
        span.parent = undefined
        span.warnings.push('Its parents lead back to itself.')
        break
      }
      span = span.parent
    }
    for (const span of way) checked.add(span)
  }
}
