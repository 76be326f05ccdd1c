import assert from 'node:assert/strict'
import test from 'node:test'
import { assignColours, palette } from '../../../src/viewer/page/model/palette.js'

const backgrounds = { 'the light theme': '#ffffff', 'the dark theme': '#131316' }
const TEXT = '#0c0c0e'

for (const [theme, background] of Object.entries(backgrounds)) {
  test(`every colour stands out in ${theme}, by 3:1`, () => {
    for (const colour of palette) assert.ok(contrast(colour, background) >= 3, `${colour} does not`)
  })
}

test('the text on every colour is readable, by 4.5:1', () => {
  for (const colour of palette) assert.ok(contrast(colour, TEXT) >= 4.5, `on ${colour} it is not`)
})

test('a name has its colour whatever the others are, as long as they do not want the same', () => {
  const alone = assignColours(['shop'], new Map()).get('shop')

  assert.equal(assignColours(['stock', 'shop'], new Map([['stock', (alone ?? 0) + 1]])).get('shop'), alone)
})

test('no two of as many names as there are colours share one', () => {
  const places = assignColours(
    palette.map((_, index) => `service ${index}`),
    new Map(),
  )

  assert.equal(new Set(places.values()).size, palette.length)
})

test('names beyond that get a colour too, and those known keep theirs', () => {
  const names = Array.from({ length: 100 }, (_, index) => `service ${index}`)
  const known = new Map([['service 3', 5]])

  const places = assignColours(names, known)

  assert.equal(places.size, 100)
  assert.equal(places.get('service 3'), 5)
  assert.ok([...places.values()].every((place) => palette[place] !== undefined))
})

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
