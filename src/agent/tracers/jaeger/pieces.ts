const LENGTH = 64 * 1_024
/** Longer ones waste too much of a block's end. */
const LONG = 8 * 1_024

let block = Buffer.alloc(0)
let used = 0

/**
 * A copy of the first bytes, in blocks that hold nothing else than such copies, which go in the order in which they
 * came. In Node's own pool, shared with the app, each could keep a whole slab of 64 KiB.
 */
export function pieceOf(bytes: Buffer, length: number): Buffer {
  const piece = length > LONG ? Buffer.allocUnsafeSlow(length) : pieceOfBlock(length)
  bytes.copy(piece, 0, 0, length)
  return piece
}

function pieceOfBlock(length: number): Buffer {
  if (used + length > block.length) {
    block = Buffer.allocUnsafeSlow(LENGTH)
    used = 0
  }
  const piece = block.subarray(used, used + length)
  used += length
  return piece
}
