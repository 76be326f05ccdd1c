import { readFileSync } from 'node:fs'
import type { Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Api } from '../api/index.js'
import { failed, send } from '../api/reply.js'
import type { Counts } from '../counts.js'
import type { Guard } from './guard.js'
import { createServer, say } from './server.js'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** They hold for everything that this port answers. */
const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

const TYPES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
}

/** Serves the page, from a folder with its three files, and the API. */
export function pageServer(folder: string, api: Api, counts: Counts, guard: Guard): Server {
  const files = new Map(Object.keys(TYPES).map((name) => [name, readFile(join(folder, name))]))
  return createServer(counts, (req, res) => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value)
    if (!guard.allows(req.headers)) {
      counts.refused++
      return say(res, 403, 'this is for pages of the viewer, asked for by the name of this machine')
    }
    const url = urlOf(req.url)
    if (url === undefined) return send(res, failed(400, 'malformed URL'))
    if (url.pathname.startsWith('/api/')) return api.answer(req, res, url)
    if (req.method !== 'GET' && req.method !== 'HEAD') return say(res, 405, 'the page is only to be read')
    sendFile(res, fileFor(url.pathname), files)
  })
}

/** The page has many addresses, such as `/trace/{id}`; what looks like a file at the top is one, or nothing. */
function fileFor(path: string): string {
  return /^\/[^/]*\.[^/]*$/.test(path) ? path.slice(1) : 'index.html'
}

function sendFile(res: ServerResponse, name: string, files: ReadonlyMap<string, Buffer | undefined>): void {
  const file = files.get(name)
  const type = TYPES[name]
  if (type === undefined || file === undefined) {
    say(res, 404, 'there is no such page')
    return
  }
  res.writeHead(200, { 'Content-Type': type, 'Content-Length': file.length, 'Cache-Control': 'no-cache' })
  res.end(file)
}

function readFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Only its path and parameters count. */
function urlOf(text = ''): URL | undefined {
  try {
    return text.startsWith('/') ? new URL(`http://viewer${text}`) : undefined
  } catch {
    return undefined
  }
}
