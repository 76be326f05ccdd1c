import { types } from 'node:util'
import { safeValue } from '../../safe-value.js'
import type { Tag } from './client.js'
import { BOOL, DOUBLE, I32, LIST, STOP, STRING, STRUCT, ThriftWriter } from './thrift.js'

/** Longer than the longest message by more than the longest tag: each is written before its length is looked at. */
const CAPACITY = 128 * 1_024
/** In characters. */
const LONGEST_TEXT = 1_024
/** The messages and stacks of errors. */
const LONGEST_STORY = 8_192
const MOST_ITEMS = 64
/** So many are compared with each other faster than a map is made. */
const FEW = 32
/** Apps that make up keys as they go must not fill the memory. */
const MOST_KEYS = 256
const LONGEST_KEY = 64
const LONGEST_VALUE = 12
/** What must still fit when the next tag or log does not: the tag that says so, and the ends of lists and structs. */
const RESERVE = 64

/** The types of a tag's value, by their numbers on the wire. */
const TEXT_TAG = 0
const DOUBLE_TAG = 1
const BOOL_TAG = 2
const BINARY_TAG = 4

/** Writes the names, tags and lists of Jaeger's Thrift, all of them bounded. */
export class TagWriter extends ThriftWriter {
  /** Whether something was left out because it was too much. */
  truncated = false
  private end = 0
  private readonly keys = new KnownKeys()

  constructor() {
    super(CAPACITY)
  }

  /** Begins anew; at most `longest` bytes will be written. */
  start(longest: number): void {
    this.at = 0
    this.end = longest - RESERVE
    this.truncated = false
  }

  hasRoomFor(bytes: number): boolean {
    if (this.at + bytes <= this.end) return true
    this.truncated = true
    return false
  }

  /** Begins a list of structs, and answers where its count belongs. */
  list(field: number): number {
    this.field(LIST, field)
    this.byte(STRUCT)
    this.i32(0)
    return this.at - 4
  }

  /** Whatever an app uses as a name. */
  name(value: unknown): void {
    this.text(textOf(value), LONGEST_TEXT)
  }

  /** Writes a list of tags, and answers how many are in it. */
  tags(field: number, all: readonly Tag[]): number {
    const kept = this.firstAndLast(all.length > FEW ? distinct(all) : all)
    const countAt = this.list(field)
    let count = 0
    for (let index = 0; index < kept.length; index++) {
      const tag = kept[index]
      if (tag === undefined || isSetAgain(kept, index)) continue
      const before = this.at
      this.tag(tag)
      if (this.hasRoomFor(0)) count++
      else this.at = before
    }
    this.i32At(countAt, count)
    return count
  }

  tag({ key, value }: Tag): void {
    const known = typeof key === 'string' ? this.keys.find(key) : undefined
    if (known === undefined) {
      this.key(key)
      this.value(key, value)
      return
    }
    if (known.tag !== undefined && Object.is(known.value, value)) {
      this.encoded(known.tag)
      return
    }

    const start = this.at
    if (known.head === undefined) {
      this.key(key)
      known.head = this.since(start)
    } else this.encoded(known.head)
    this.value(key, value)
    // A value that comes a second time is likely to come again.
    if (isBrief(value)) {
      known.tag = Object.is(known.value, value) ? this.since(start) : undefined
      known.value = value
    }
  }

  private key(key: unknown): void {
    this.field(STRING, 1)
    this.name(key)
    this.field(I32, 2)
  }

  private value(key: unknown, value: unknown): void {
    if (typeof value === 'number') {
      this.i32(DOUBLE_TAG)
      this.field(DOUBLE, 4)
      this.double(value)
    } else if (typeof value === 'boolean') {
      this.i32(BOOL_TAG)
      this.field(BOOL, 5)
      this.byte(value ? 1 : 0)
    } else if (typeof value !== 'string' && types.isUint8Array(value)) {
      this.i32(BINARY_TAG)
      this.field(STRING, 7)
      this.binary(value.subarray(0, LONGEST_TEXT))
    } else {
      this.i32(TEXT_TAG)
      this.field(STRING, 3)
      this.text(textOf(value), longestText(key))
    }
    this.byte(STOP)
  }

  /** What says most about a span is set at its start and at its end. */
  firstAndLast<Item>(all: readonly Item[]): readonly Item[] {
    if (all.length <= MOST_ITEMS) return all
    this.truncated = true
    return [...all.slice(0, MOST_ITEMS / 2), ...all.slice(-MOST_ITEMS / 2)]
  }
}

/** The keys of tags that were written before, as bytes, and of each the last value. Bounded. */
class KnownKeys {
  private readonly keys = new Map<string, KnownKey>()

  /** Nothing for keys that are not worth it. */
  find(key: string): KnownKey | undefined {
    const known = this.keys.get(key)
    if (known !== undefined || this.keys.size === MOST_KEYS || key.length > LONGEST_KEY) return known
    const added = { head: undefined, value: undefined, tag: undefined }
    this.keys.set(key, added)
    return added
  }
}

interface KnownKey {
  /** What is written before the value. */
  head: Uint8Array | undefined
  value: unknown
  /** The whole tag with this value. */
  tag: Uint8Array | undefined
}

/** What is kept must not keep more than itself: a longer part of a string keeps the whole string. */
function isBrief(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= LONGEST_VALUE
    : typeof value === 'number' || typeof value === 'boolean'
}

function longestText(key: unknown): number {
  return key === 'stack' || key === 'message' ? LONGEST_STORY : LONGEST_TEXT
}

/** jaeger-client appends a tag that is set again; users expect the last value to win. */
function isSetAgain(all: readonly Tag[], index: number): boolean {
  for (let later = index + 1; later < all.length; later++) {
    if (all[later]?.key === all[index]?.key) return true
  }
  return false
}

function distinct(all: readonly Tag[]): readonly Tag[] {
  return [...new Map(all.map((tag) => [tag.key, tag])).values()]
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'function') return '[function]'
  return String(safeValue(value) ?? value)
}
