import { glob } from './paths.js'

/** Whether calls to a host, in lower case and without brackets, are left alone. */
export type HostTest = (host: string, port: number) => boolean

/** `auth`, `*.amazonaws.com`, `auth:8080`, `[::1]:8080` or `::1`. */
const ENTRY = /^(?:\[([\da-f:.]+)\]|([\da-f]*:[\da-f:.]*:[\da-f:.]*)|([\p{L}\p{N}*._-]+))(?::(\d{1,5}))?$/iu

/** Parses an entry of `TRACE_CLIENT_EXCLUDE`: a host, in which `*` is any run of characters, and maybe a port; `undefined` if it is none. */
export function parseHost(entry: string): HostTest | undefined {
  const [, bracketed, address, name, port] = ENTRY.exec(entry) ?? []
  const host = bracketed ?? address ?? name
  if (host === undefined || Number(port ?? 0) > 65_535) return undefined
  const isHost = matcher(host.toLowerCase())
  if (port === undefined) return isHost
  return (host, actualPort) => actualPort === Number(port) && isHost(host)
}

/** The name of a host as it is compared and shown: no brackets around an address, no dot at the end, in lower case. */
export function hostName(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return (bare.length > 1 && bare.endsWith('.') ? bare.slice(0, -1) : bare).toLowerCase()
}

function matcher(host: string): (host: string) => boolean {
  return host.includes('*') ? glob(host) : (actual) => actual === host
}
