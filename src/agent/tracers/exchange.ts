import http from 'node:http'
import { untraced } from '../context.js'
import { countDown } from './countdown.js'
import { lookUpOnce } from './look-up.js'

/** As it is now. Not `http.request`: that one is replaced by whoever else traces or mocks in this process. */
const { ClientRequest } = http

/** A connection that is being made holds the process, unref'd or not: so long at most, in milliseconds. */
const CONNECT_TIMEOUT = 1_000
const LONGEST_ANSWER = 256 * 1_024

/** Said, since Node takes what stands on all objects for options too: a polluted one could send spans elsewhere. */
const PLAIN: http.RequestOptions = {
  createConnection: undefined,
  family: undefined,
  hints: undefined,
  host: undefined,
  insecureHTTPParser: undefined,
  joinDuplicateHeaders: undefined,
  localAddress: undefined,
  localPort: undefined,
  maxHeaderSize: undefined,
  setHost: true,
  signal: undefined,
  socketPath: undefined,
  timeout: undefined,
}

/** How a request ended. */
export interface Outcome {
  /** 0 where there was no answer; then there is an error. */
  status: number
  /** The answer's body, as much of it as was read. */
  text: string
  error: NodeJS.ErrnoException | undefined
  /** Whether there was a connection. */
  reached: boolean
  /** Whether the time was up, so that the other side may have got the request. */
  late: boolean
  /** Whether the connection was an older one, which the other side may just have closed. */
  reused: boolean
}

/** What is sent, or what makes it and then calls `send`. */
export type Body = Buffer | undefined | ((send: (bytes: Buffer) => void) => void)

/**
 * One request and its answer, in at most `timeout` milliseconds. It is never traced, never throws, follows no
 * redirect, and does not keep the process alive once it is connected. Answers a function that ends it early.
 */
export function exchange(
  options: http.RequestOptions,
  body: Body,
  timeout: number,
  done: (outcome: Outcome) => void,
): () => void {
  return untraced(() => begin(options, body, timeout, done))
}

function begin(
  options: http.RequestOptions,
  body: Body,
  timeout: number,
  done: (outcome: Outcome) => void,
): () => void {
  const outcome: Outcome = { status: 0, text: '', error: undefined, reached: false, late: false, reused: false }
  let settled = false
  const request = start(options)
  if (request instanceof Error) {
    process.nextTick(done, { ...outcome, error: request })
    return () => {}
  }

  const end = (why: string) => request.destroy(new Error(why))
  const stopConnecting = countDown(CONNECT_TIMEOUT, () => end(`no connection within ${CONNECT_TIMEOUT} ms`))
  const stopWaiting = countDown(timeout, () => {
    outcome.late = true
    end(`no answer within ${timeout} ms`)
  })

  request.on('socket', (socket) => {
    socket.unref()
    outcome.reused = request.reusedSocket
    if (socket.connecting) socket.once('connect', connected)
    else connected()
  })
  request.on('response', (response) => {
    outcome.status = response.statusCode ?? 0
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      outcome.text += text
      if (outcome.text.length > LONGEST_ANSWER) end('the answer is too long')
    })
    response.on('error', settle)
    response.on('end', () => settle())
  })
  request.on('error', settle)
  request.on('close', () => settle())
  if (typeof body === 'function') body((bytes) => request.end(bytes))
  else request.end(body)
  return () => end('no answer in time')

  function connected(): void {
    outcome.reached = true
    stopConnecting()
  }

  function settle(error?: Error): void {
    if (settled) return
    settled = true
    stopConnecting()
    stopWaiting()
    if (outcome.status === 0) outcome.error = error ?? new Error('no answer')
    done(outcome)
  }
}

function start(options: http.RequestOptions): http.ClientRequest | Error {
  try {
    return new ClientRequest({ ...PLAIN, lookup: lookUpOnce, ...options })
  } catch (error) {
    return error instanceof Error ? error : new Error('no request')
  }
}
