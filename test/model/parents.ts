/** The caller's span, as a request names it. */
export interface Parent {
  readonly form: Form
  /** Hex digits. */
  readonly traceId: string
  readonly spanId: string
}

export type Form = keyof typeof forms

/** What a span has to become of a request that came with such headers. */
export type Kin = 'child' | 'root' | 'not sampled'

interface Headers {
  readonly kin: Kin
  headers(traceId: string, spanId: string): readonly [name: string, value: string][]
}

/** Ways in which callers name their span, the good ones and the bad. */
const forms = {
  none: { kin: 'root', headers: () => [] },
  jaeger: { kin: 'child', headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:0:1`]] },
  'jaeger in capitals': {
    kin: 'child',
    headers: (trace, span) => [['Uber-Trace-Id', `${trace}:${span}:${span}:1`.toUpperCase()]],
  },
  'jaeger, percent-encoded': {
    kin: 'child',
    headers: (trace, span) => [['uber-trace-id', `${trace}%3A${span}%3A0%3A1`]],
  },
  'jaeger with a debug flag': { kin: 'child', headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:0:3`]] },
  'jaeger, not sampled': { kin: 'not sampled', headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:0:0`]] },
  'jaeger with baggage': {
    kin: 'child',
    headers: (trace, span) => [
      ['uber-trace-id', `${trace}:${span}:0:1`],
      ['uberctx-user', 'someone'],
      ['uberctx-%ZZ', '%ZZ'],
    ],
  },
  'jaeger flags too large': {
    kin: 'root',
    headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:0:ffffffffff`]],
  },
  'jaeger with a field too few': { kin: 'root', headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:1`]] },
  'jaeger with a field too many': {
    kin: 'root',
    headers: (trace, span) => [['uber-trace-id', `${trace}:${span}:0:1:1`]],
  },
  'jaeger with no hex digits': {
    kin: 'root',
    headers: (trace, span) => [['uber-trace-id', `${trace}xyz:${span}:0:1`]],
  },
  'jaeger with zeros': { kin: 'root', headers: (_trace, span) => [['uber-trace-id', `0:${span}:0:1`]] },
  'jaeger too long': {
    kin: 'root',
    headers: (_trace, span) => [['uber-trace-id', `${'f'.repeat(4_000)}:${span}:0:1`]],
  },
  'jaeger twice': {
    kin: 'root',
    headers: (trace, span) => [
      ['uber-trace-id', `${trace}:${span}:0:1`],
      ['uber-trace-id', `${span}:${span}:0:1`],
    ],
  },
  'jaeger empty': { kin: 'root', headers: () => [['uber-trace-id', '']] },
  'baggage alone': {
    kin: 'root',
    headers: () => [
      ['uberctx-user', 'someone'],
      ['baggage', 'a=1'],
    ],
  },
  w3c: {
    kin: 'child',
    headers: (trace, span) => [
      ['traceparent', w3c(trace, span, '01')],
      ['tracestate', 'a=1'],
    ],
  },
  'w3c, a later version': {
    kin: 'child',
    headers: (trace, span) => [['traceparent', `01${w3c(trace, span, '03').slice(2)}-more`]],
  },
  'w3c, not sampled': { kin: 'not sampled', headers: (trace, span) => [['traceparent', w3c(trace, span, '00')]] },
  'w3c in capitals': { kin: 'root', headers: (_trace, span) => [['traceparent', w3c('ABCDEF', span, '01')]] },
  'w3c of version ff': {
    kin: 'root',
    headers: (trace, span) => [['traceparent', `ff${w3c(trace, span, '01').slice(2)}`]],
  },
  'w3c with zeros': { kin: 'root', headers: (_trace, span) => [['traceparent', w3c('0', span, '01')]] },
  'w3c that goes on': { kin: 'root', headers: (trace, span) => [['traceparent', `${w3c(trace, span, '01')}-more`]] },
  'both, of which jaeger counts': {
    kin: 'child',
    headers: (trace, span) => [
      ['traceparent', w3c(span, span, '01')],
      ['uber-trace-id', `${trace}:${span}:0:1`],
    ],
  },
  'both, of which one is malformed': {
    kin: 'child',
    headers: (trace, span) => [
      ['uber-trace-id', '%ZZ'],
      ['traceparent', w3c(trace, span, '01')],
    ],
  },
} satisfies Record<string, Headers>

export const allForms = Object.keys(forms) as Form[]

export function kinOf({ form }: Parent): Kin {
  return forms[form].kin
}

export function headersOf({ form, traceId, spanId }: Parent): readonly [name: string, value: string][] {
  const { headers }: Headers = forms[form]
  return headers(traceId, spanId)
}

function w3c(traceId: string, spanId: string, flags: string): string {
  return ['00', traceId.padStart(32, '0'), spanId.padStart(16, '0'), flags].join('-')
}
