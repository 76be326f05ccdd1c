import timers from 'node:timers'
import { debug, reason } from '../../log.js'
import { exchange } from '../exchange.js'
import { outside } from '../outside.js'
import { host, type Kind, port, type Variables, wholeNumber } from '../variables.js'
import { load, logger, type Sampler } from './client.js'
import { limitSteadily } from './rate-limits.js'

/** As it is now: a test of the app may put a fake clock in its place. */
const { setInterval } = timers

/** Milliseconds. */
const TIMEOUT = 5_000

/** What says where the Jaeger agent is asked, and how often. */
export const REMOTE_VARIABLES = [
  'JAEGER_SAMPLER_MANAGER_HOST_PORT',
  'JAEGER_SAMPLER_HOST',
  'JAEGER_SAMPLER_PORT',
  'JAEGER_SAMPLER_SAMPLING_PATH',
  'JAEGER_SAMPLER_REFRESH_INTERVAL',
]

/**
 * jaeger-client's sampler that asks the Jaeger agent which traces to keep, and keeps a `share` of them until it knows.
 * The asking is ours: jaeger-client's own begins after one to two minutes, goes through the `http.get` that is wrapped
 * to trace the app's calls, has no deadline, reads without bound, and keeps the process alive.
 */
export function remoteSampler(share: number, serviceName: string, variables: Variables): Sampler {
  const server = variables.read(hostAndPort, undefined, 'JAEGER_SAMPLER_MANAGER_HOST_PORT')
  const path = variables.read(samplingPath, '/sampling', 'JAEGER_SAMPLER_SAMPLING_PATH')
  const request = {
    host: server?.host ?? variables.read(host, '127.0.0.1', 'JAEGER_SAMPLER_HOST'),
    port: server?.port ?? variables.read(port, 5778, 'JAEGER_SAMPLER_PORT'),
    path: `${path}?${new URLSearchParams({ service: serviceName })}`,
    agent: false as const,
  }
  const interval = variables.read(refreshInterval, 60_000, 'JAEGER_SAMPLER_REFRESH_INTERVAL')
  limitSteadily()
  const [Probabilistic, Remote] = [load('samplers/probabilistic_sampler'), load('samplers/remote_sampler')]
  const sampler = new Remote(serviceName, { sampler: new Probabilistic(share), refreshInterval: 0, logger })

  function ask(): void {
    exchange(request, undefined, TIMEOUT, ({ status, text, error }) => {
      if (status === 200) sampler._handleSamplingServerResponse(text)
      else debug(`the sampling strategy is not known: ${status || reason(error)}`)
    })
  }
  if (interval > 0) {
    outside(() => {
      ask()
      setInterval(ask, interval).unref()
    })
  }
  return sampler
}

const hostAndPort: Kind<{ host: string; port: number | undefined }> = {
  allowed: 'host:port',
  instead: 'JAEGER_SAMPLER_HOST and JAEGER_SAMPLER_PORT',
  parse(text) {
    try {
      const { hostname, port } = new URL(/^https?:\/\//.test(text) ? text : `http://${text}`)
      return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? undefined : Number(port) }
    } catch {
      return undefined
    }
  },
}

const samplingPath: Kind<string> = {
  allowed: 'a path that begins with /',
  parse: (text) => (/^\/[!-~]*$/.test(text) ? text : undefined),
}

/** 0: never, as with jaeger-client. */
const refreshInterval: Kind<number> = {
  allowed: 'a number of milliseconds from 0 to 2147483647',
  parse: (text) => wholeNumber(text, 0, 2_147_483_647),
}
