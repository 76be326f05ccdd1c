import { isIP } from 'node:net'
import { quote, say } from '../log.js'

/** What an option may be. */
export interface Kind<Value> {
  /** Completes the sentence `JAEGER_X="…" is not …`. */
  readonly allowed: string
  /** What is used where the default is to have none. */
  readonly instead?: string
  /** `undefined` for what is not allowed. */
  parse(text: string): Value | undefined
}

/** The options of one environment. As with jaeger-client, an empty one is not set, and some go by an older name too. */
export class Variables {
  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** The first of the variables that is set. */
  text(...names: string[]): string | undefined {
    const name = this.firstSet(names)
    return name === undefined ? undefined : this.environment[name]
  }

  /** The same, parsed. Of a value that is not allowed the user is told, and the default stands. */
  read<Value, Default>(kind: Kind<Value>, byDefault: Default, ...names: string[]): Value | Default {
    const name = this.firstSet(names)
    const text = this.text(...names)
    if (name === undefined || text === undefined) return byDefault
    const value = kind.parse(text.trim())
    if (value !== undefined) return value
    // What stands before an @ can be a password, and a query can have a token.
    const shown = quote(text.replace(/^.*@/s, '…@').replace(/\?.*/s, '?…'))
    say(`${name}=${shown} is not ${kind.allowed}; using ${kind.instead ?? byDefault}`)
    return byDefault
  }

  private firstSet(names: string[]): string | undefined {
    return names.find((name) => this.environment[name])
  }
}

export const port: Kind<number> = {
  allowed: 'a port from 1 to 65535',
  parse: (text) => wholeNumber(text, 1, 65_535),
}

/** As much as a timer takes. */
export const milliseconds: Kind<number> = {
  allowed: 'a number of milliseconds from 1 to 2147483647',
  parse: (text) => wholeNumber(text, 1, 2_147_483_647),
}

export const host: Kind<string> = {
  allowed: 'a host name or an IP address',
  parse(text) {
    const name = text.replace(/^\[(.*)\]$/, '$1')
    return isIP(name) !== 0 || /^[\w.-]{1,253}$/.test(name) ? name : undefined
  },
}

export const trueOrFalse: Kind<boolean> = {
  allowed: 'true or false',
  parse: (text) => ({ true: true, false: false })[text.toLowerCase()],
}

export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}
