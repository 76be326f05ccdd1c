import type { Config } from '../../agent/config.js'
import type { Delivery } from '../../agent/tracers/backend.js'
import type { Finding } from './finding.js'
import type { Probe } from './probe.js'
import { withoutCredentials } from './redact.js'

/** For a first user, who has no Jaeger yet. */
const OTHER_WAY: Finding = {
  grade: 'plain',
  subject: 'without a backend',
  text: 'npx tracing view shows traces in the browser, TRACE_TRACER=console in the terminal',
}

/** What became of the span that was sent. `said` is what the agent says to it. */
export function backend(
  { span, isSampled, deliveries }: Probe,
  config: Config,
  environment: NodeJS.ProcessEnv,
  said: readonly string[],
): Finding[] {
  const subject = config.tracer.join(', ')
  const isLost = deliveries.some(({ outcome }) => outcome === 'lost')
  // What it says of a loss is what we say of it.
  const words = isLost ? [] : said.map((line) => wordsOf(subject, line))
  return [
    ...words,
    ...outcome(),
    ...(isLost ? [OTHER_WAY] : []),
    ...(isSampled === false ? [sampling(environment)] : []),
  ]

  function outcome(): Finding[] {
    if (span === 'not kept') return [{ grade: 'bad', subject, text: 'this tracer keeps no span' }]
    if (span === 'not made')
      return [{ grade: 'plain', subject, text: 'the app makes this tracer: it cannot be tried here' }]
    if (deliveries.length > 0) return deliveries.map(fate)
    return [{ grade: 'plain', subject, text: 'has taken a span; what becomes of it only the tracer knows' }]
  }
}

function wordsOf(subject: string, line: string): Finding {
  return { grade: /^the tracer .*failed/.test(line) ? 'bad' : 'plain', subject, text: withoutCredentials(line) }
}

function fate({ to: subject, outcome, reason }: Delivery): Finding {
  const because = reason === '' ? '' : `: ${reason}`
  switch (outcome) {
    case 'accepted':
      return { grade: 'good', subject, text: `has taken a span${because}` }
    case 'sent':
      return { grade: 'good', subject, text: 'was sent a span, and did not refuse it; packets are not answered' }
    case 'lost':
      return { grade: 'bad', subject, text: `has not taken a span${because}` }
    case undefined:
      return { grade: 'bad', subject, text: 'has not taken a span: none was sampled for it, or no answer came in time' }
  }
}

/** A span that the sampler would have dropped has been sent all the same, to see whether it arrives. */
function sampling(environment: NodeJS.ProcessEnv): Finding {
  const variables = ['JAEGER_SAMPLER_TYPE', 'JAEGER_SAMPLER_PARAM', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG']
  const settings = variables.filter((name) => environment[name]).map((name) => `${name}=${environment[name]}`)
  const { JAEGER_SAMPLER_PARAM = '', OTEL_TRACES_SAMPLER = '' } = environment
  const keepsNone = /^\s*0+(\.0*)?\s*$/.test(JAEGER_SAMPLER_PARAM) || /always_off$/.test(OTEL_TRACES_SAMPLER)
  const text = keepsNone ? 'keeps no trace' : 'does not keep every trace, and would have dropped this one'
  return { grade: keepsNone ? 'bad' : 'doubt', subject: 'sampler', text: `${text}: ${settings.join(', ')}` }
}
