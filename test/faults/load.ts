import { once } from 'node:events'
import http from 'node:http'

/** Requests a second. */
const RATE = 300
/** Milliseconds. */
const TICK = 10

/** What users of the app ask for, by turns. */
const asked: readonly (readonly [method: string, path: string, body?: string])[] = [
  ['GET', '/users/1'],
  ['POST', '/orders', '{"product":7}'],
  ['GET', '/broken'],
  ['GET', '/nowhere?page=1'],
]

/** The users of an app, who ask for something 300 times a second and know what they are to get. */
export class Load {
  /** Requests that were begun. */
  requests = 0
  /** Answers that were not as they should be, and errors. */
  readonly wrong: string[] = []
  private readonly began = performance.now()
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

  constructor(
    private readonly port: number,
    /** To each of what is asked for. */
    private readonly right: readonly string[] = [],
  ) {}

  /** In milliseconds. */
  get age(): number {
    return performance.now() - this.began
  }

  /** Asks for so many seconds, and waits for all answers. */
  async run(seconds: number): Promise<void> {
    const checks: Promise<void>[] = []
    const began = performance.now()
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min((performance.now() - began) / 1_000, seconds) * RATE
        while (checks.length < due) checks.push(this.check(checks.length % asked.length))
        if (checks.length < seconds * RATE) return
        clearInterval(timer)
        resolve()
      }, TICK)
    })
    await Promise.all(checks)
  }

  /** What the app answers to each of what is asked for: all but the time. */
  answers(): Promise<string[]> {
    return Promise.all(asked.map((_, index) => this.answer(index)))
  }

  /** Asks for something else, and answers what it is told. */
  async get(path: string): Promise<string> {
    return (await this.ask('GET', path)).text
  }

  close(): void {
    this.agent.destroy()
  }

  private async check(index: number): Promise<void> {
    const answer = await this.answer(index).catch(String)
    if (answer !== this.right[index]) this.wrong.push(answer)
  }

  private async answer(index: number): Promise<string> {
    const [method = '', path = '', body] = asked[index] ?? []
    const { status, headers, text } = await this.ask(method, path, body)
    return JSON.stringify([status, { ...headers, date: undefined }, text])
  }

  private async ask(method: string, path: string, body = '') {
    this.requests++
    const headers = body === '' ? {} : { 'content-type': 'application/json', 'content-length': body.length }
    const req = http.request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent })
    req.end(body)
    const [res]: http.IncomingMessage[] = await once(req, 'response')
    if (res === undefined) throw new Error('no response')
    let text = ''
    for await (const chunk of res.setEncoding('utf8')) text += chunk
    return { status: res.statusCode, headers: res.headers, text }
  }
}
