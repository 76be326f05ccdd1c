import { writeSync } from 'node:fs'

/** Steady, and as it is now: the wall's clock may be set back by hours. In seconds. */
const { uptime } = process

const STDERR = 2
const ONE_MINUTE = 60
/** Control characters, ends of lines, and what turns the direction of text. */
export const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** When each kind of trouble was last reported. */
const reported = new Map<string, number>()
let debugging = false
let listener = (message: string) => print(`tracing: ${message}`)

/** Says one line, on stderr unless `hear` says otherwise. Never throws. */
export function say(message: string): void {
  listener(message)
}

/** Has all that is said told to `listen` instead, for a program that shows it in its own way. */
export function hear(listen: (message: string) => void): void {
  listener = listen
}

/** Writes text and a line break on stderr. Never throws, and never creates `process.stderr`, which an app could notice. */
export function print(text: string): void {
  try {
    writeSync(STDERR, `${text}\n`)
  } catch {
    // A closed or full stderr is the app's business.
  }
}

/** Says what went wrong, at most once a minute for each `kind`, so that a lasting fault cannot flood the app's logs. */
export function complain(kind: string, message: string): void {
  const now = uptime()
  if (now - (reported.get(kind) ?? Number.NEGATIVE_INFINITY) < ONE_MINUTE) return
  reported.set(kind, now)
  say(message)
}

/** Says what the agent does, when `TRACE_DEBUG` is on. */
export function debug(message: string): void {
  if (debugging) say(message)
}

/** Whether `debug` says anything, for those whose message takes time to make. */
export function isDebugging(): boolean {
  return debugging
}

export function setDebug(on: boolean): void {
  debugging = on
}

/** Foreign text as one short line of JSON: no forged line, and nothing that steers a terminal, can get into a log. */
export function quote(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 200)).replace(STEERING, escaped)
}

/** The message of whatever was thrown, its first line. Never throws. */
export function reason(thrown: unknown): string {
  try {
    const message = String(thrown instanceof Error ? thrown.message : thrown)
    return quote(message.split('\n', 1)).slice(1, -1)
  } catch {
    return 'unknown error'
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
