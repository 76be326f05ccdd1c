import { say } from '../../log.js'
import { type Kind, Variables } from '../variables.js'
import { load, type Sampler, type SimpleSampler } from './client.js'
import { limitSteadily } from './rate-limits.js'
import { REMOTE_VARIABLES, remoteSampler } from './remote-sampler.js'

/** The values of `JAEGER_SAMPLER_TYPE`, and what `JAEGER_SAMPLER_PARAM` is to each. The first is the default. */
const samplerTypes: readonly [SamplerType, ...SamplerType[]] = [
  {
    name: 'const',
    allowed: '0 or 1',
    allows: (param) => param === 0 || param === 1,
    byDefault: 1,
    make: (param) => decideInPlace(new (load('samplers/const_sampler'))(param === 1)),
  },
  {
    name: 'probabilistic',
    allowed: 'a number from 0 to 1',
    allows: isShare,
    byDefault: 1,
    make: (param) => decideInPlace(new (load('samplers/probabilistic_sampler'))(param)),
  },
  {
    name: 'ratelimiting',
    allowed: 'a number of traces a second',
    allows: (param) => param >= 0 && param < Number.POSITIVE_INFINITY,
    byDefault: 1,
    make(param) {
      limitSteadily()
      return decideInPlace(new (load('samplers/rate_limiting_sampler'))(param))
    },
  },
  {
    name: 'remote',
    allowed: 'a number from 0 to 1',
    allows: isShare,
    // Until the agent has answered; jaeger-client begins with it too.
    byDefault: 0.001,
    make: remoteSampler,
  },
]

/**
 * The sampler that `JAEGER_SAMPLER_*` ask for. Without any of them all traces are kept: jaeger-client would keep one
 * in a thousand, and a first user would see none. Of a bad option the user is told. Never throws.
 */
export function makeSampler(serviceName: string, environment: NodeJS.ProcessEnv): Sampler {
  const variables = new Variables(environment)
  const [byDefault] = samplerTypes
  const { JAEGER_SAMPLER_TYPE: asked, JAEGER_SAMPLER_PARAM: askedParam } = environment
  const type = variables.read(typeNamed, byDefault, 'JAEGER_SAMPLER_TYPE')
  if (!asked) {
    const useless = REMOTE_VARIABLES.find((name) => environment[name])
    if (useless) say(`${useless} is for JAEGER_SAMPLER_TYPE=remote, which is not set; using const`)
  } else if (typeNamed.parse(asked.trim()) === type && !askedParam) {
    say(`JAEGER_SAMPLER_TYPE=${type.name} needs JAEGER_SAMPLER_PARAM, ${type.allowed}; using ${type.byDefault}`)
  }
  const param = variables.read(paramOf(type), type.byDefault, 'JAEGER_SAMPLER_PARAM')
  return type.make(param, serviceName, variables)
}

const typeNamed: Kind<SamplerType> = {
  allowed: `one of ${samplerTypes.map(({ name }) => name).join(', ')}`,
  instead: 'const',
  parse: (text) => samplerTypes.find(({ name }) => name === text.toLowerCase()),
}

function paramOf({ name, allowed, allows }: SamplerType): Kind<number> {
  return {
    allowed: `${allowed} (JAEGER_SAMPLER_TYPE=${name})`,
    parse(text) {
      const param = text === '' ? Number.NaN : Number(text)
      return allows(param) ? param : undefined
    },
  }
}

/** One decision for all spans, which jaeger-client reads at once: it would make one, and its tags, for each. */
function decideInPlace(sampler: SimpleSampler): Sampler {
  const decision = { sample: false, retryable: false, tags: {} }
  sampler.onCreateSpan = ({ operationName }) => {
    decision.sample = sampler.isSampled(operationName, decision.tags)
    return decision
  }
  return sampler
}

function isShare(param: number): boolean {
  return param >= 0 && param <= 1
}

interface SamplerType {
  readonly name: string
  readonly allowed: string
  allows(param: number): boolean
  readonly byDefault: number
  make(param: number, serviceName: string, variables: Variables): Sampler
}
