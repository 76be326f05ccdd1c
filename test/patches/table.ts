import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Answer, App } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'
import { allSpans } from '../helpers/waiting.js'

/** A request to the app in `test/apps/routes.js`, and what its span must say. */
export type Shape = readonly [
  title: string,
  /** Method and request target. */
  request: string,
  status: number,
  /** The span's name; by major where the path syntax of Express differs. */
  name: string | Readonly<Record<Major, string>>,
]

/** Of Express; router 1 is of the make of Express 4, router 2 of that of Express 5. */
export type Major = 4 | 5

/** Makes the requests of a table, one after another. */
export async function ask(
  app: App,
  table: readonly (readonly [title: string, request: string, ...unknown[]])[],
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const [, request] of table) {
    const [method = '', target = ''] = request.split(' ')
    const isPost = method === 'POST'
    answers.push(
      await app.send(method, target, isPost ? { 'content-type': 'application/json' } : {}, isPost ? '{}' : ''),
    )
  }
  return answers
}

/** Makes the requests of a table: each has to be answered as it says, in one span, named as it says. */
export async function assertNames(
  t: TestContext,
  app: App,
  table: readonly Shape[],
  major: Major,
  component: 'express' | 'http',
): Promise<void> {
  const answers = await ask(app, table)

  const spans = await allSpans(app, table.length)
  for (const [at, [title, request, status, names]] of table.entries()) {
    await t.test(`${title}: ${request}`, () => {
      const name = typeof names === 'string' ? names : names[major]
      const span = spanOf(app, spans, request)
      assert.equal(answers[at]?.status, status)
      assert.equal(span.operationName, name)
      assert.equal(span.tags['http.route'], routeOf(name))
      assert.equal(span.tags['http.status_code'], status)
      assert.equal(span.tags.component, component)
    })
  }
}

/** The span of a request, which its URL tells. */
export function spanOf(app: App, spans: readonly ReceivedSpan[], request: string): ReceivedSpan {
  const [method = '', target = ''] = request.replace(/[?#].*/, '').split(' ')
  const url = target.startsWith('/') ? `http://127.0.0.1:${app.port}${target}` : target
  const found = spans.filter(({ tags }) => tags['http.method'] === method && tags['http.url'] === url)
  const [span] = found
  if (span === undefined || found.length > 1) throw new Error(`${found.length} spans of ${request}`)
  return span
}

/** What a span's name says of its route. */
export function routeOf(name: string): string | undefined {
  return name.includes(' ') ? name.slice(name.indexOf(' ') + 1) : undefined
}
