import http from 'node:http'
import { urlToHttpOptions } from 'node:url'

/** What a connection with TLS needs beyond the usual, as `https.Agent` takes it. */
export interface Credentials {
  readonly ca?: Buffer | undefined
  readonly cert?: Buffer | undefined
  readonly key?: Buffer | undefined
}

/** The options of requests that post to a URL, with its user and password if it has any, over one connection that is kept. */
export function postOptions(url: URL, credentials: Credentials = {}): http.RequestOptions {
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(url)
  return { protocol, hostname, port, path, auth, method: 'POST', agent: keepAliveAgent(url, credentials) }
}

/** A URL as it may be shown: without credentials and query. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`
}

function keepAliveAgent({ protocol }: URL, credentials: Credentials): http.Agent {
  const options = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }
  if (protocol === 'http:') return new http.Agent(options)
  // With TLS it takes milliseconds to load.
  const { Agent }: typeof import('node:https') = require('node:https')
  return new Agent({ ...options, ...credentials })
}
