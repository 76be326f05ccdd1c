// Makes a screenshot small: 256 colours, which a page hardly has more of, and zlib at its best.
// https://www.w3.org/TR/png-3/
const { deflateSync, inflateSync, crc32 } = require('node:zlib')

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const MOST_COLOURS = 256

/** The picture of a PNG without transparency, as Chromium makes it, in a smaller one. */
function smallPng(png) {
  const { width, height, pixels } = read(png)
  const palette = mostFrequent(pixels)
  const indexes = new Map(palette.map((colour, index) => [colour, index]))
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x]
      if (!indexes.has(colour)) indexes.set(colour, nearest(palette, colour))
      rows[y * (width + 1) + 1 + x] = indexes.get(colour)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  const colours = Buffer.from(palette.flatMap(channels))
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The colours of a PNG of 8 bits a channel, one number a pixel. */
function read(png) {
  const parts = new Map()
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const name = png.toString('latin1', at + 4, at + 8)
    parts.set(name, Buffer.concat([parts.get(name) ?? Buffer.alloc(0), png.subarray(at + 8, at + 8 + length)]))
    at += length + 12
  }
  const header = parts.get('IHDR')
  const [width, height, size] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3]
  const bytes = unfilter(inflateSync(parts.get('IDAT')), width * size, size)
  const pixels = new Uint32Array(width * height)
  for (let index = 0; index < pixels.length; index++) pixels[index] = bytes.readUIntBE(index * size, 3)
  return { width, height, pixels }
}

function unfilter(data, stride, size) {
  const height = data.length / (stride + 1)
  const bytes = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= size ? bytes[at - size] : 0
      const up = y > 0 ? bytes[at - stride] : 0
      const corner = x >= size && y > 0 ? bytes[at - stride - size] : 0
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)]
      bytes[at] = data[y * (stride + 1) + 1 + x] + guesses[filter]
    }
  }
  return bytes
}

function paeth(left, up, corner) {
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(left + up - corner - value))
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

function mostFrequent(pixels) {
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour)
}

function nearest(palette, colour) {
  const wanted = channels(colour)
  const distances = palette.map((other) =>
    channels(other).reduce((sum, value, index) => sum + (value - wanted[index]) ** 2, 0),
  )
  return distances.indexOf(Math.min(...distances))
}

function channels(colour) {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

module.exports = { smallPng }
