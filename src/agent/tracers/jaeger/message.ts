import { LIST, STOP, STRUCT } from './thrift.js'

/** What a UDP packet can carry, by jaeger-client and the Jaeger agent; macOS sends none that is longer than this. */
export const LONGEST_MESSAGE = process.platform === 'darwin' ? 9_216 : 65_000

/** Begins a oneway call of `emitBatch`, sequence number 0, in the strict binary protocol. */
const CALL = Buffer.from([0x80, 0x01, 0x00, 0x04, 0, 0, 0, 9, ...Buffer.from('emitBatch'), 0, 0, 0, 0, STRUCT, 0, 1])
const PROCESS = Buffer.from([STRUCT, 0, 1])
const SPANS = Buffer.from([LIST, 0, 2, STRUCT])
const COUNT_LENGTH = 4
const END = Buffer.from([STOP])

/** The bytes of a message that are not its process or spans. */
export const MESSAGE_OVERHEAD = CALL.length + PROCESS.length + SPANS.length + COUNT_LENGTH + 2 * END.length

/** A call of the Jaeger agent's `emitBatch`, as it comes in one UDP packet. */
export function agentMessage(process: Buffer, spans: readonly Buffer[]): Buffer {
  return Buffer.concat([CALL, batch(process, spans), END])
}

/** A bare `Batch`, as Jaeger's collector takes it in the body of a POST. */
export function collectorMessage(process: Buffer, spans: readonly Buffer[]): Buffer {
  return batch(process, spans)
}

function batch(process: Buffer, spans: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(COUNT_LENGTH)
  count.writeInt32BE(spans.length)
  return Buffer.concat([PROCESS, process, SPANS, count, ...spans, END])
}
