import assert from 'node:assert/strict'
import test from 'node:test'
import { formatDuration, parseDuration } from '../../../src/viewer/page/model/duration.js'

const shown: readonly [microseconds: number, text: string][] = [
  [0, '0 µs'],
  [0.4, '0.4 µs'],
  [1, '1 µs'],
  [999, '999 µs'],
  [999.6, '1 ms'],
  [1_000, '1 ms'],
  [8_912, '8.91 ms'],
  [89_120, '89.1 ms'],
  [891_200, '891 ms'],
  [999_600, '1 s'],
  [1_240_000, '1.24 s'],
  [59_940_000, '59.9 s'],
  [60_000_000, '1 m 0 s'],
  [125_000_000, '2 m 5 s'],
  [3_600_000_000, '1 h 0 m'],
  [7_380_000_000, '2 h 3 m'],
  [180_000_000_000, '2 d 2 h'],
  [-8_912, '−8.91 ms'],
]

for (const [microseconds, text] of shown) {
  test(`${microseconds} microseconds are shown as ${text}`, () => {
    assert.equal(formatDuration(microseconds), text)
  })
}

const typed: readonly [text: string, microseconds: number | undefined][] = [
  ['10ms', 10_000],
  ['1.5s', 1_500_000],
  ['.5 s', 500_000],
  ['300us', 300],
  ['300µs', 300],
  ['300μs', 300],
  ['2M', 120_000_000],
  ['1h', 3_600_000_000],
  ['250', 250_000],
  ['', undefined],
  ['ms', undefined],
  ['10 apples', undefined],
  ['10constructor', undefined],
  ['-5ms', undefined],
]

for (const [text, microseconds] of typed) {
  test(`"${text}" means ${microseconds} microseconds`, () => {
    assert.equal(parseDuration(text), microseconds)
  })
}
