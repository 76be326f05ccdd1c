import { Line } from './line.js'

/** What one client does at a time, on a connection of its own that it keeps. */
export class Client {
  private kept: Line | undefined
  /** Connections with a request that the app never answers. */
  readonly left: Line[] = []
  /** How many exchanges there were. */
  count = 0

  constructor(readonly port: number) {}

  async line(): Promise<Line> {
    if (this.kept?.isOpen !== true) this.kept = await this.open()
    return this.kept
  }

  open(): Promise<Line> {
    return Line.open(this.port)
  }

  get connections(): number {
    return this.left.length + (this.kept?.isOpen ? 1 : 0)
  }

  /** Gives up the requests that the app never answers. */
  async leave(): Promise<void> {
    for (const line of this.left.splice(0)) await line.hangUp()
  }

  async close(): Promise<void> {
    await this.leave()
    await this.kept?.hangUp()
  }
}

/** Has a client make some requests in one way; answers how many. */
export type Exchange = (client: Client) => Promise<number>

const errors = [
  '/express-4/throw',
  '/express-4/next',
  '/express-4/later',
  '/express-5/throw',
  '/express-5/next',
  '/express-5/reject',
]

/** The ways in which clients and apps part, the good and the bad. */
export const exchanges = {
  async plain(client) {
    const line = await client.open()
    await line.ask(get('/plain', 'Connection: close'))
    await line.hangUp()
    return 1
  },
  /** In the middle of the answer, in the middle of the body, and before anything was said. */
  async 'abort mid'(client) {
    const requests: [request: string, text?: string][] = [
      [get('/half'), 'half'],
      [`${post('/half', 100)}some of the body`, 'half'],
      [post('/upload', 100)],
    ]
    const [request = '', text] = requests[client.count++ % requests.length] ?? []
    const line = await client.open()
    if (text === undefined) line.say(request)
    else await line.ask(request, text)
    await line.hangUp()
    return 1
  },
  async 'pipelined abort'(client) {
    const line = await client.open()
    await line.ask([get('/plain'), get('/half'), get('/plain'), post('/upload', 0), get('/never')].join(''), 'half')
    await line.hangUp()
    return 5
  },
  async upgrade(client) {
    const line = await client.open()
    await line.ask(get('/upgrade', 'Connection: Upgrade', 'Upgrade: echo'))
    await line.hangUp()
    return 1
  },
  async 'never-ended 1 %'(client) {
    if (client.count++ % 100 !== 0) return keepAlive(client)
    const line = await client.open()
    line.say(get('/never'))
    client.left.push(line)
    return 1
  },
  async SSE(client) {
    const line = await client.open()
    await line.ask(get('/events', 'Accept: text/event-stream'), 'data: 2')
    await line.hangUp()
    return 1
  },
  'keep-alive': keepAlive,
  async 'large headers'(client) {
    await (await client.line()).ask(get('/plain', ...largeHeaders(client.count++)))
    return 1
  },
  async errors(client) {
    await (await client.line()).ask(get(errors[client.count++ % errors.length] ?? ''))
    return 1
  },
  async 'Express 4'(client) {
    return visit(client, 'express-4')
  },
  async 'Express 5'(client) {
    return visit(client, 'express-5')
  },
  /** One that makes two calls, which are requests of the same app. */
  async 'outgoing fetch'(client) {
    await (await client.line()).ask(get('/call'))
    return 3
  },
  /** The app keeps an `AsyncResource` of each for ever. */
  async 'kept resource'(client) {
    await (await client.line()).ask(get('/keep'))
    return 1
  },
} satisfies Record<string, Exchange>

export type Scenario = keyof typeof exchanges

async function keepAlive(client: Client): Promise<number> {
  await (await client.line()).ask(get('/plain'))
  return 1
}

async function visit(client: Client, app: string): Promise<number> {
  const line = await client.line()
  const id = 1_000_000 + client.count++
  const isPost = id % 4 === 0
  const body = `{"id":${id}}`
  await line.ask(
    isPost
      ? post(`/${app}/tenants/t/users`, body.length, 'Content-Type: application/json') + body
      : get(`/${app}/tenants/t${id % 10}/users/${id}`),
  )
  return 1
}

function get(path: string, ...headers: string[]): string {
  return [`GET ${path} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n')
}

function post(path: string, length: number, ...headers: string[]): string {
  return get(path, `Content-Length: ${length}`, ...headers).replace('GET', 'POST')
}

/** 12 KiB, of which the agent reads some. */
function largeHeaders(count: number): string[] {
  const id = (count + 1).toString(16).padStart(16, '0')
  const baggage = Array.from({ length: 64 }, (_, index) => `uberctx-key-${index}: ${id}${'v'.repeat(60)}`)
  return [
    `uber-trace-id: ${id}:${id}:0:1`,
    `traceparent: 00-${id}${id}-${id}-01`,
    `tracestate: ${Array.from({ length: 20 }, (_, index) => `vendor${index}=${id}`).join(',')}`,
    ...baggage,
    `X-Large: ${'x'.repeat(4_096)}`,
  ]
}
