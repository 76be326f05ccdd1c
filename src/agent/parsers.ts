import { type Attribute, parseAttribute } from './attributes.js'
import { type HostTest, parseHost } from './hosts.js'
import { anyPath, type PathMatcher, parsePath } from './paths.js'

/** Turns the text of an environment variable into the value of an option. */
export interface Parser<Value> {
  /** What it takes, to go on after "is not". */
  readonly allowed: string
  /** `undefined` for what it does not take; of a list with some good entries, the bad ones are told to `refuse`. */
  parse(text: string, refuse: (entry: string) => void): Value | undefined
}

export const flag: Parser<boolean> = {
  allowed: 'true or false',
  parse(text) {
    if (/^(true|1|yes|on)$/i.test(text)) return true
    return /^(false|0|no|off)$/i.test(text) ? false : undefined
  },
}

export const text: Parser<string> = {
  allowed: 'a text',
  parse: (text) => (text === '' ? undefined : text),
}

const path: Parser<PathMatcher> = {
  allowed: 'a path (/metrics), a glob (/static/*) or a regular expression (~^/v\\d+$)',
  parse: parsePath,
}

export const attribute: Parser<Attribute> = {
  allowed: 'an attribute (ip, params.id, res.locals.plan) or an alias of one (tenant=user.tenantId)',
  parse: parseAttribute,
}

/** A signal that a process can listen to. */
export const signal: Parser<NodeJS.Signals> = {
  allowed: 'a signal that can be listened to (SIGTERM)',
  parse(text) {
    // Loaded here, as few processes need it.
    const { constants }: typeof import('node:os') = require('node:os')
    const name = text.toUpperCase()
    const isSignal = (name: string): name is NodeJS.Signals => Object.hasOwn(constants.signals, name)
    return isSignal(name) && name !== 'SIGKILL' && name !== 'SIGSTOP' ? name : undefined
  },
}

export function choice<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return {
    allowed: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text.toLowerCase()),
  }
}

export function wholeNumber(lowest: number, highest: number): Parser<number> {
  return {
    allowed: `a whole number from ${lowest} to ${highest}`,
    parse(text) {
      const value = Number(text)
      return /^\d+$/.test(text) && value >= lowest && value <= highest ? value : undefined
    },
  }
}

/** Entries between commas; `\,` is a comma inside an entry. */
export function list<Entry>(entry: Parser<Entry>): Parser<readonly Entry[]> {
  return {
    allowed: entry.allowed,
    parse(text, refuse) {
      const parts = text
        .split(/(?<!\\),/)
        .map((part) => part.replaceAll('\\,', ',').trim())
        .filter((part) => part !== '')
      const entries = new Set<Entry>()
      for (const part of parts) {
        const value = entry.parse(part, refuse)
        if (value === undefined) refuse(part)
        else entries.add(value)
      }
      return entries.size === 0 && parts.length > 0 ? undefined : Object.freeze([...entries])
    },
  }
}

/** Whether a path is one of those that an option lists. */
export type PathTest = (path: string) => boolean

/** Whether a path is one of those listed; `undefined` where none is. */
export const paths: Parser<PathTest> = {
  allowed: path.allowed,
  parse(text, refuse) {
    const matchers = list(path).parse(text, refuse)
    return matchers === undefined || matchers.length === 0 ? undefined : anyPath(matchers)
  },
}

/** Whether a host is one of those listed; `undefined` where none is. */
export const hosts: Parser<HostTest> = {
  allowed: 'a host (auth, *.amazonaws.com), with a port or without (auth:8080)',
  parse(text, refuse) {
    const tests = list({ allowed: hosts.allowed, parse: parseHost }).parse(text, refuse)
    if (tests === undefined || tests.length === 0) return undefined
    return (host, port) => tests.some((test) => test(host, port))
  },
}

/** Whether a status is one of those listed. */
export const statuses: Parser<(status: number) => boolean> = {
  allowed: 'a status or a range of them, from 100 to 999 (404, 500-599)',
  parse(text, refuse) {
    const ranges = list({ allowed: statuses.allowed, parse: parseRange }).parse(text, refuse)
    if (ranges === undefined) return undefined
    return (status) => {
      for (const [first, last] of ranges) if (status >= first && status <= last) return true
      return false
    }
  },
}

function parseRange(text: string): readonly [first: number, last: number] | undefined {
  const [, first, last = first] = /^([1-9]\d\d)(?:\s*-\s*([1-9]\d\d))?$/.exec(text) ?? []
  return Number(first) <= Number(last) ? [Number(first), Number(last)] : undefined
}
