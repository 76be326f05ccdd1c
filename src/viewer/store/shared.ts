import type { Process } from './span.js'

const MOST_TEXTS = 20_000
const LONGEST_TEXT = 40
const MOST_PROCESSES = 1_000
const LONGEST_PROCESS = 8_192

const texts = new Map<string, string>()
const processes = new Map<string, Process>()

/** One copy of a short text that many spans have, such as a tag's name: every decoder makes a new one. */
export function sharedText(text: string): string {
  if (text.length > LONGEST_TEXT) return text
  return shared(texts, text, text, MOST_TEXTS)
}

/** One copy of what a process says of itself with every batch. */
export function sharedProcess(process: Process): Process {
  const key = JSON.stringify(process)
  return key.length > LONGEST_PROCESS ? process : shared(processes, key, process, MOST_PROCESSES)
}

function shared<Value>(all: Map<string, Value>, key: string, value: Value, most: number): Value {
  const known = all.get(key)
  if (known !== undefined) return known
  // Names that never come again would fill it; those that do are back at once.
  if (all.size >= most) all.clear()
  all.set(key, value)
  return value
}
