import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/app.js'
import { installedCopy } from '../helpers/folder.js'

const consumer = `
import http from 'node:http'
import { activeSpan, flush, getSpan, inject, type Patch, type Span, trace, traceIds, tracer, withSpan } from 'tracing'

http.createServer((req, res) => {
  const span: Span | undefined = getSpan(req)
  getSpan()?.setTag('user', 42).log({ event: 'seen' })
  const id: string | undefined = span?.context().toTraceId()
  res.end(id)
})

http.createServer(trace('ip', 'method')(async (req: http.IncomingMessage, res: http.ServerResponse) => { res.end(req.url) }))

export async function api(): Promise<void> {
  const one: number = withSpan('name', (span) => (span.setTag('a', 1), 1))
  const two: string = await withSpan('name', async () => 'two')
  const given: Span = tracer().startSpan('given', { childOf: activeSpan() })
  withSpan(given, (same: Span) => same.finish())
  const headers: Record<string, string> = inject()
  const same: Headers = inject(new Headers())
  const own: { kept: number } = inject({ kept: 1 })
  const { traceId, sampled } = traceIds()
  const text: string | undefined = traceId
  const told: boolean | undefined = sampled
  await flush()
  console.log(one, two, headers, same, own, text, told)
}

export const patch: Patch<{ readonly prototype: object }> = {
  module: 'koa',
  versions: '>=2 <4',
  patch(Koa, agent) {
    agent.wrap<{ name: string }>(Koa.prototype, 'handle', (handle) => {
      return function (...args) {
        agent.route(this.name)
        return Reflect.apply(handle, this, args)
      }
    })
  },
}
`

/** The same with Express, whose types are another package's. */
const withExpress = `
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { getSpan, trace } from 'tracing'

const app = express()
app.use(trace('ip'))
app.use('/api', trace('ip'), Router().use(trace('params.id')))
app.get('/users/:id', trace('params.id'), async (req: Request, res: Response) => {
  getSpan(req)?.setTag('a', 1)
  res.send(req.params.id)
})
app.get('/orders/:id', trace('params.id')((req: Request<{ id: string }>, res: Response) => { res.send(req.params.id) }))
const handlers: RequestHandler[] = [trace('ip')]
app.post('/users/:id', trace('ip'), (req, res) => { res.send(req.params.id) })
app.use('/', trace('ip'), (_req, res) => { res.send(String(handlers.length)) })
Router().route('/').get(trace('ip'), (req, res, next) => { res.send(req.ip); next() })
app.use(trace('ip')((err: Error, _req: Request, res: Response, _next: NextFunction) => { res.send(err.message) }))
`

/** What an app in TypeScript might write, and what the compiler then says; `.cts` is CommonJS, `.mts` an ES module. */
const sources: Record<string, [source: string, complaint: RegExp]> = {
  'common.cts': [consumer, /^$/],
  'module.mts': [consumer, /^$/],
  'express.cts': [withExpress, /^$/],
  'express.mts': [withExpress, /^$/],
  'careless.cts': ["import { getSpan } from 'tracing'\ngetSpan().setTag('a', 1)\n", /^careless\.cts.* TS2532: [^\n]*$/],
  'inside.cts': [
    "import { start } from 'tracing/dist/src/agent/agent.js'\nstart()\n",
    /^inside\.cts.* TS2307: [^\n]*$/,
  ],
}

for (const release of ['4', '5']) {
  test(`an app in TypeScript, strict, with Express ${release}, takes the types as they are packed, and no more`, (t) => {
    const folder = join(installedCopy(t), '..', '..')
    const types = join(folder, 'node_modules', '@types')
    mkdirSync(types)
    symlinkSync(join(root, 'node_modules', '@types', 'node'), join(types, 'node'), 'dir')
    const express = release === '4' ? join(root, 'test', 'apps', 'express-4') : root
    symlinkSync(join(express, 'node_modules', '@types', 'express'), join(types, 'express'), 'dir')
    for (const [name, [source]] of Object.entries(sources)) writeFileSync(join(folder, name), source)

    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const options = ['--noEmit', '--strict', '--pretty', 'false', '--module', 'nodenext', '--types', 'node']
    const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...Object.keys(sources)], {
      cwd: folder,
      encoding: 'utf8',
    })

    const lines = stdout.trimEnd().split('\n')
    for (const [name, [, complaint]] of Object.entries(sources)) {
      assert.match(lines.filter((line) => line.startsWith(name)).join('\n'), complaint)
    }
    assert.equal(lines.length, 2, stdout)
  })
}
