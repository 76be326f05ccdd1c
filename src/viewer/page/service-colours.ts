import { recall, remember } from './memory.js'
import { assignColours, palette } from './model/palette.js'

const MOST_REMEMBERED = 500

let places = new Map<string, number>(remembered())

/** The colour of a service: always the same in one browser. */
export function colourOf(service: string): string {
  if (!places.has(service)) learnServices([service])
  return palette[places.get(service) ?? 0] ?? ''
}

/** Gives colours to services together, so that they depend less on which of them is seen first. */
export function learnServices(services: readonly string[]): void {
  if (services.every((service) => places.has(service))) return
  places = assignColours([...services].sort(), places)
  remember('colours', JSON.stringify([...places].slice(-MOST_REMEMBERED)))
}

function remembered(): [string, number][] {
  try {
    const entries: unknown = JSON.parse(recall('colours') ?? '[]')
    return Array.isArray(entries) ? entries.filter(isEntry) : []
  } catch {
    return []
  }
}

function isEntry(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && palette[entry[1]] !== undefined
}
