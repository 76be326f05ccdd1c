import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/**
 * Whether a request may be answered. Every web page can have its reader's browser send requests here, and one whose
 * name was pointed at this machine (DNS rebinding) may read the answers too: so the name that was asked for has to be
 * this machine's own, and a page that asks has to be the viewer's.
 */
export class Guard {
  private readonly isOpen: boolean

  /** `host` is where the viewer listens. */
  constructor(private readonly host: string) {
    this.isOpen = !isLoopback(host)
  }

  /** For the page and its API. */
  allows({ host, origin }: IncomingHttpHeaders): boolean {
    if (host === undefined || !this.isOwn(host)) return false
    return origin === undefined || origin === `http://${host}`
  }

  /** For the ports of collectors, whose clients call them by names that only their network knows. */
  allowsClient(headers: IncomingHttpHeaders): boolean {
    return headers.origin === undefined || this.allows(headers)
  }

  private isOwn(host: string): boolean {
    const name = nameOf(host)
    if (name === undefined) return false
    return name === this.host || isLoopback(name) || (this.isOpen && isLocal(name))
  }
}

/** Without the port, and without the brackets of IPv6. */
function nameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  } catch {
    return undefined
  }
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

/** Addresses, and names that nobody outside can own: those of the machine, of containers, of the network at home. */
function isLocal(name: string): boolean {
  return isIP(name) !== 0 || !name.includes('.') || /\.(local|internal|home\.arpa)$/.test(name)
}
