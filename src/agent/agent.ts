import timers from 'node:timers'
import { patches } from '../patches/index.js'
import { Api } from './api.js'
import type { InnerAgent } from './built-in.js'
import { Calls } from './calls.js'
import { type Config, options } from './config.js'
import { runningServerSpan, serverSpanOf, untraced } from './context.js'
import { sayWhatWasEarly } from './early.js'
import { environment } from './environment.js'
import { hook } from './hook.js'
import { Hooks } from './hooks.js'
import { debug, quote, reason, say, setDebug } from './log.js'
import { publish } from './published.js'
import { Recorder } from './recorder.js'
import { Requests } from './requests.js'
import { watchEnd } from './shutdown.js'
import { Tally } from './tally.js'
import { isMainThread } from './threads.js'
import type { Backend } from './tracers/backend.js'
import { loadPatches } from './user-patches.js'
import { wrap } from './wrap.js'

/** What the tracers, a file of their own, use of the agent. */
export * from './clock.js'
export * from './context.js'
export * from './environment.js'
export * from './errors.js'
export * from './global-tracer.js'
export * from './log.js'
export * from './modules.js'
export * from './safe-value.js'
export * from './text.js'

/** As it is now: a test of the app may put a fake clock in its place. */
const { setTimeout } = timers

/** Starts the agent. What it needs to send spans is loaded with the first server that listens. */
export function start(config: Config): void {
  setDebug(config.debug)
  if (config.debug) sayHowItStarts()

  const hooks = config.hooks === undefined ? undefined : new Hooks(config.hooks)
  const tally = config.debug ? new Tally() : undefined
  const recorder = new Recorder(() => makeBackend(config, tally))
  const requests = new Requests({ config, hooks }, recorder)
  const calls = new Calls({ config, hooks }, recorder)
  const api = new Api(recorder, requests, config.flushTimeout)
  publish(api)
  const agent: InnerAgent = {
    config,
    wrap,
    route: (template, req) =>
      (req === undefined ? runningServerSpan() : serverSpanOf(req))?.tellRoute(String(template)),
    prepare() {
      const prepare = () => {
        recorder.prepare()
        hooks?.load()
      }
      setTimeout(prepare).unref()
    },
    begin: (req, res) => requests.begin(req, res),
    call: (target, request) => calls.begin(target, request),
    tracer: () => api.tracer(),
  }
  hook([...patches, ...loadPatches(config.patches)], tally?.of(agent) ?? agent)
}

function sayHowItStarts(): void {
  const variables = environment()
  debug(`starting on Node ${process.versions.node}, ${isMainThread() ? 'main thread' : 'worker thread'}`)
  for (const { variable } of Object.values(options)) {
    const value = variables[variable]
    if (value) debug(`${variable}=${quote(value)}`)
  }
  sayWhatWasEarly()
}

/** Never throws: an installation that lacks a part traces nothing. */
function makeBackend(config: Config, tally: Tally | undefined): Backend | undefined {
  try {
    const { chooseBackend }: typeof import('./tracers/index.js') = require('./tracers/index.js')
    // Whatever the tracer sets going, timers for its exports for instance, stays out of the traces.
    const backend = untraced(() => chooseBackend(config))
    watchEnd(backend, config)
    tally?.made(backend, config)
    return backend
  } catch (error) {
    say(`there is no tracer, nothing is traced: ${reason(error)}`)
    return undefined
  }
}
