import type { Duplex } from 'node:stream'
import { disguise } from './disguise.js'
import type { Method } from './patch.js'
import type { ServerSpan } from './server-span.js'

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/

/**
 * Ends the span of an upgrade or a CONNECT when the app answers the handshake or the socket closes, so that no span
 * lives as long as the socket. No listener is added: a socket's methods are shadowed until the first of the two.
 */
export function watchHandshake(socket: Duplex, serverSpan: ServerSpan): void {
  const { write, end, emit } = socket
  const shadows: [name: string, value: unknown][] = []
  let over = false

  shadow('write', write, (args) => answered(args[0]))
  shadow('end', end, (args) => {
    if (typeof args[0] === 'string' || args[0] instanceof Uint8Array) answered(args[0])
  })
  shadow('emit', emit, (args) => {
    if (args[0] === 'close') done(true)
  })

  /** Where the app has shadowed a method itself, its own stays, and the span ends by the others. */
  function shadow(name: string, method: Method, before: (args: unknown[]) => void): void {
    if (Object.hasOwn(socket, name)) return
    const value = disguise(function (this: unknown, ...args: unknown[]) {
      // One that the app has wrapped in turn stays, and has nothing left to do.
      if (!over) before(args)
      return Reflect.apply(method, this, args)
    }, method)
    Object.defineProperty(socket, name, { value, configurable: true, writable: true, enumerable: false })
    shadows.push([name, value])
  }

  function answered(chunk: unknown): void {
    const status = STATUS_LINE.exec(firstBytes(chunk))?.[1]
    if (status !== undefined) serverSpan.status = Number(status)
    done(false)
  }

  function done(aborted: boolean): void {
    over = true
    for (const [name, value] of shadows) {
      if (Object.getOwnPropertyDescriptor(socket, name)?.value === value) Reflect.deleteProperty(socket, name)
    }
    serverSpan.finish(aborted)
  }
}

function firstBytes(chunk: unknown): string {
  if (chunk instanceof Uint8Array)
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1', 0, 12)
  return typeof chunk === 'string' ? chunk.slice(0, 12) : ''
}
