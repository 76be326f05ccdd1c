import type { Config } from './config.js'

/** Why the options leave a patch out; `undefined` where they do not. */
export function leftOut({ module, name = module, wanted }: Choosable, config: Config): string | undefined {
  if (config.disable.includes(name)) return `TRACE_DISABLE lists ${name}`
  if (wanted?.(config) !== false) return undefined
  return config.client ? 'the options do not ask for it' : 'TRACE_CLIENT is false'
}

/** What decides whether a patch is applied. */
interface Choosable {
  readonly module: string
  readonly name?: string
  wanted?(config: Config): boolean
}
