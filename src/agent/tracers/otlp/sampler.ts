import { SAMPLED } from '../../propagation/trace-context.js'
import { type Kind, Variables } from '../variables.js'
import type { Packages } from './packages.js'
import type { Sampler } from './sdk.js'
import { isDebugged, wishOf } from './wishes.js'

/** `SamplingDecision` of OpenTelemetry. */
const DROP = 0
const KEEP = 2

/**
 * The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` ask for, which obeys senders also where
 * OpenTelemetry has no word for what they want. Of a bad variable the user is told.
 */
export function makeSampler({ api, sdk }: Packages, environment: NodeJS.ProcessEnv): Sampler {
  const variables = new Variables(environment)
  const make = variables.read(samplerNamed, byDefault, 'OTEL_TRACES_SAMPLER')
  return new ObedientSampler(api, make(sdk, variables))
}

/** A class, because the SDK copies whatever is a plain object. */
class ObedientSampler implements Sampler {
  constructor(
    private readonly api: Packages['api'],
    private readonly chosen: Sampler,
  ) {}

  shouldSample(...args: Parameters<Sampler['shouldSample']>): ReturnType<Sampler['shouldSample']> {
    const [context, ...rest] = args
    const parent = this.api.trace.getSpanContext(context)
    const wish = parent && wishOf(parent)
    if (parent !== undefined && isDebugged(parent.traceState)) {
      const attributes = wish?.debugId ? { 'jaeger-debug-id': wish.debugId } : {}
      return { decision: KEEP, traceState: parent.traceState, attributes }
    }
    if (wish === undefined) return this.chosen.shouldSample(...args)
    if (wish.flags !== undefined) return { decision: wish.flags & SAMPLED ? KEEP : DROP }
    // A parent that has not decided looks like one that keeps nothing.
    return this.chosen.shouldSample(this.api.trace.deleteSpan(context), ...rest)
  }

  toString(): string {
    return String(this.chosen)
  }
}

type MakeSampler = (sdk: Packages['sdk'], variables: Variables) => Sampler

const alwaysOn: MakeSampler = ({ AlwaysOnSampler }) => new AlwaysOnSampler()
const alwaysOff: MakeSampler = ({ AlwaysOffSampler }) => new AlwaysOffSampler()
const ratio: MakeSampler = ({ TraceIdRatioBasedSampler }, variables) =>
  new TraceIdRatioBasedSampler(variables.read(share, 1, 'OTEL_TRACES_SAMPLER_ARG'))

/** What begins here is decided on here, the rest where it began. */
function parentBased(root: MakeSampler): MakeSampler {
  return (sdk, variables) => new sdk.ParentBasedSampler({ root: root(sdk, variables) })
}

const byDefault = parentBased(alwaysOn)

const samplers = new Map([
  ['always_on', alwaysOn],
  ['always_off', alwaysOff],
  ['traceidratio', ratio],
  ['parentbased_always_on', byDefault],
  ['parentbased_always_off', parentBased(alwaysOff)],
  ['parentbased_traceidratio', parentBased(ratio)],
])

const samplerNamed: Kind<MakeSampler> = {
  allowed: `one of ${[...samplers.keys()].join(', ')}`,
  instead: 'parentbased_always_on',
  parse: (text) => samplers.get(text.toLowerCase()),
}

const share: Kind<number> = {
  allowed: 'a number from 0 to 1',
  parse(text) {
    const value = text === '' ? Number.NaN : Number(text)
    return value >= 0 && value <= 1 ? value : undefined
  },
}
