import type { Config } from './config.js'
import type { Tags } from './recorder.js'
import { visibleUrl } from './url.js'

const LONGEST_HOST = 255

/** Where the app calls. */
export interface Target {
  readonly component: 'http' | 'undici'
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** As `hostName` answers it. */
  readonly host: string
  /** `undefined` where it is not known yet. */
  readonly port: number | undefined
  /** The target of the request: a path with its query, a whole URL for a proxy, an authority for a CONNECT. */
  readonly path: string
  /** Whether it is the file of a socket that is connected to, which has no port. */
  readonly isLocal: boolean
}

export function defaultPort({ scheme }: Target): number {
  return scheme === 'https' ? 443 : 80
}

/** Adds the tags that say where a call goes; what of the query is shown is the user's choice. */
export function tagPlace(tags: Tags, target: Target, port: number, { query }: Config): void {
  tags['http.url'] = fullUrl(target, port, visibleUrl(target.path, query))
  tags['peer.hostname'] = target.host.slice(0, LONGEST_HOST)
  if (!target.isLocal) tags['peer.port'] = port
}

export function fullUrl(target: Target, port: number, path: string): string {
  if (!path.startsWith('/') && path.includes('://')) return path
  const host = target.host.slice(0, LONGEST_HOST)
  const name = host.includes(':') ? `[${host}]` : host
  const authority = target.isLocal || port === defaultPort(target) ? name : `${name}:${port}`
  return `${target.scheme}://${authority}${path.startsWith('/') ? '' : '/'}${path}`
}
