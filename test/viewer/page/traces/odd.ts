import type { JaegerTrace } from '../../../../src/viewer/page/model/jaeger.js'
import { TraceBuilder } from './builder.js'
import { random } from './random.js'

/** What would run if the text of a span became markup or code. It calls `alert`, and tells a foreign server. */
export const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=https://evil.example/x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  'javascript:alert(1)//\'"</title></textarea></style>',
  '{{constructor.constructor("alert(1)")()}}',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
]

/** A trace with an attack in every text that a sender can choose. */
export function attackTrace(now: number, id = 'a77ac4a77ac4a77a'): JaegerTrace {
  const trace = new TraceBuilder(id, now * 1_000)
  const [first = '', second = ''] = attacks
  const root = trace.span({ service: first, operation: second, start: 0, duration: 50_000 })
  for (const [index, attack] of attacks.entries()) {
    trace.span({
      service: attack,
      operation: attack,
      start: index * 8_000,
      duration: 8_000,
      parent: root,
      tags: { [attack]: attack, 'http.url': attack, error: true, 'http.status_code': attack },
      logs: [
        { ...trace.error(index * 8_000, attack, attack, `${attack}\n    at ${attack} (/x.js:1:1)`) },
        { timestamp: now * 1_000, fields: [{ key: attack, type: attack, value: attack }] },
      ],
      warnings: [attack],
    })
  }
  return trace.json()
}

/** Names that are far too long, empty, or written from right to left. */
export function longTrace(now: number, id = '10109a11e1010e11'): JaegerTrace {
  const trace = new TraceBuilder(id, now * 1_000)
  const service = `the-service-with-${'an-absurdly-'.repeat(20)}long-name`
  const operation = `GET /${'a-very-long-path-without-any-blank/'.repeat(30)}`
  const root = trace.span({ service, operation, start: 0, duration: 90_000_000, tags: { text: 'word '.repeat(2_000) } })
  trace.span({ service: '', operation: '', start: 10, duration: 0, parent: root })
  trace.span({ service: 'عربي', operation: 'خدمة \u202eevil\u202c', start: 1_000, duration: 40_000_000, parent: root })
  trace.span({ service: '日本語のサービス', operation: '🫖'.repeat(80), start: 9_000, duration: 40_000, parent: root })
  trace.span({
    service,
    operation: 'line\nbreak\ttab',
    start: 20_000,
    duration: 4_000,
    parent: root,
    tags: { ['k'.repeat(300)]: 'v'.repeat(3_000) },
  })
  return trace.json()
}

/** Clocks that disagree, parents that are missing, circles, and ids used twice. */
export function brokenTrace(now: number, id = 'b0b0b0b0b0b0b0b0'): JaegerTrace {
  const trace = new TraceBuilder(id, now * 1_000)
  const root = trace.span({ service: 'shop', operation: 'GET /skewed', start: 0, duration: 80_000 })
  const early = trace.span({
    service: 'stock',
    operation: 'GET /early',
    start: -400_000,
    duration: 30_000,
    parent: root,
  })
  trace.span({ service: 'stock', operation: 'SELECT early', start: -395_000, duration: 10_000, parent: early })
  const gone = { refType: 'CHILD_OF' as const, traceID: id, spanID: 'ffffffffffffffff' }
  trace.span({ service: 'mailer', operation: 'orphan', start: 60_000, duration: 70_000, references: [gone] })
  const circle = ['c1c1c1c1c1c1c1c1', 'c2c2c2c2c2c2c2c2']
  for (const [index, own] of circle.entries()) {
    const reference = { refType: 'CHILD_OF' as const, traceID: id, spanID: circle[1 - index] ?? '' }
    trace.span({
      id: own,
      service: 'circle',
      operation: `round ${index}`,
      start: 5_000,
      duration: 9_000,
      references: [reference],
    })
  }
  const twin = { id: 'd0d0d0d0d0d0d0d0', service: 'twin', duration: 5_000, parent: root }
  trace.span({ ...twin, operation: 'first', start: 20_000 })
  trace.span({ ...twin, operation: 'second', start: 26_000 })
  return trace.json()
}

/** One trace of `count` spans: wide, deep in places, with errors. */
export function largeTrace(now: number, count = 5_000, id = '5000500050005000'): JaegerTrace {
  const next = random(count)
  const trace = new TraceBuilder(id, now * 1_000)
  const root = trace.span({ service: 'batch', operation: 'POST /imports', start: 0, duration: count * 1_000 })
  let made = 1
  for (let start = 0; made < count; start += 10_000) {
    let parent = root
    const depth = 1 + Math.floor(next() ** 3 * 24)
    for (let level = 0; level < depth && made < count; level++, made++) {
      const [service, operation] = [`worker-${level % 5}`, `step ${level} of ${depth}`]
      const offset = (start % (count * 1_000)) + level * 200
      const tags = next() < 0.01 ? { error: true } : {}
      parent = trace.span({ service, operation, start: offset, duration: 9_000 - level * 300, parent, tags })
    }
  }
  return trace.json()
}
