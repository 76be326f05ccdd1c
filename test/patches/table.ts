import type { Answer, App } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'

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
