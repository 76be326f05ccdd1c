/** Numbers drawn by lot, the same ones for the same seed. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of some items. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** So many things, at least `from`, at most `to`. */
  some<Item>(from: number, to: number, make: (index: number) => Item): Item[] {
    return Array.from({ length: from + this.below(to - from + 1) }, (_, index) => make(index))
  }

  hex(digits: number): string {
    let text = this.pick([...'123456789abcdef'])
    while (text.length < digits) text += this.below(16).toString(16)
    return text
  }

  /** Mulberry32, which is in the public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
