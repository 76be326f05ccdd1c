import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'
import type { PortFlag } from './flags.js'

/** Something that listens on a port. */
export interface Endpoint {
  /** In a few words, for the user. */
  readonly name: string
  readonly flag: PortFlag
  readonly port: number
  readonly server: Server | Socket
  /** What stands around `host:port` in the address. */
  readonly before?: string
  readonly after?: string
}

/** What is thrown about a port that cannot be had; its message is for the user. */
export class CannotListen extends Error {}

/** Opens a port, and returns its address. Throws `CannotListen`. */
export async function listen(endpoint: Endpoint, host: string): Promise<string> {
  const { server, port, before = '', after = '' } = endpoint
  try {
    await open(server, port, host)
  } catch (error) {
    throw new CannotListen(explain(Object(error), endpoint, host))
  }
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return `${before}${isIPv6(host) ? `[${host}]` : host}:${bound}${after}`
}

async function open(server: Server | Socket, port: number, host: string): Promise<void> {
  const listening = once(server, 'listening')
  if ('bind' in server) server.bind({ port, address: host, exclusive: true })
  else server.listen({ port, host, exclusive: true })
  await listening
}

function explain({ code, message }: NodeJS.ErrnoException, { flag, port }: Endpoint, host: string): string {
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is taken, perhaps by a Jaeger or another viewer: end that one, or choose with --${flag} (0 is any free port)`
  if (code === 'EACCES') return `port ${port} may not be opened by this user: choose another with --${flag}`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine: choose with --host`
  return `cannot listen on ${host}:${port}: ${code ?? message}`
}
