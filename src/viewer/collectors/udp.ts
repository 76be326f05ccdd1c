import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Counts } from '../counts.js'
import { decodePacket } from '../decoders/jaeger-thrift.js'
import type { Store } from '../store/store.js'

/** Bytes that the system keeps while the viewer is at something else; systems have limits of their own. */
const BUFFER = 4 * 1_024 * 1_024

/** Takes the packets that Jaeger's clients send to its agent. Either port understands both protocols. */
export function jaegerAgent(host: string, store: Store, counts: Counts): Socket {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: BUFFER })
  // What cannot be received is lost, as packets are.
  socket.on('error', () => {})
  socket.on('message', (packet) => {
    const spans = decodePacket(packet)
    if (spans === undefined) counts.malformed++
    else store.add(spans)
  })
  return socket
}
