const { setImmediate: turn } = require('node:timers/promises')
const { getSpan } = require('tracing')

/** A span has room for so many beside the agent's own. */
const MOST_TAGS = 10

const accounts = new WeakMap()

/** What the app itself saw of a request, in the order in which it came. */
class Account {
  events = []
  /** Handlers that are not done. */
  running = 0
  tagged = 0

  constructor(req, res, echo, onStuck) {
    this.req = req
    this.res = res
    this.key = req.headers['x-key']
    /** The port of a server that can be called. */
    this.echo = echo
    this.onStuck = onStuck
    accounts.set(req, this)
  }

  static of(req) {
    return accounts.get(req)
  }

  log(what, ...more) {
    this.events.push([what, ...more])
  }

  /** Notes whose request this place belongs to, as the agent says. */
  note(place) {
    const span = getSpan()
    if (this.tagged++ < MOST_TAGS) span?.setTag('mine', this.key)
    this.log('note', place, idOf(span), idOf(getSpan(this.req)), this.req.socket?.destroyed)
  }

  serve(listener) {
    const { req, res } = this
    this.log(res.socket === null ? 'waits' : 'begins', getSpan()?.context().toTraceId())
    this.note('request')
    for (const event of ['aborted', 'end', 'error', 'close']) {
      req.on(event, () => {
        this.note(`request ${event}`)
        this.log(`request ${event}`, req.socket?.destroyed)
      })
    }
    for (const event of ['socket', 'finish', 'error', 'close']) {
      res.on(event, () => {
        this.note(`response ${event}`)
        this.log(event)
      })
    }
    this.watchAnswer()
    listener(req, res)
  }

  watchAnswer() {
    const { res } = this
    const { writeHead, end } = res
    res.writeHead = (...args) => {
      const returned = Reflect.apply(writeHead, res, args)
      this.log('head', args[0], res.socket?.destroyed)
      return returned
    }
    res.end = (...args) => {
      const before = res.writableEnded
      const returned = Reflect.apply(end, res, args)
      if (!before && res.writableEnded) this.log('end')
      return returned
    }
  }

  /** A handler is done. */
  done() {
    this.running--
    return this.look()
  }

  /** Where nothing more will come of the request, says so. */
  async look() {
    const { req, res, events } = this
    for (let turns = 0; turns < 5; turns++) await turn()
    // From 24 on, Node keeps the place on the connection of an answer that was destroyed while it waited.
    const isLost = res.destroyed && !events.some(([what]) => what === 'finish')
    if (this.running === 0 && (isLost || !res.writableEnded) && !req.socket?.destroyed) this.onStuck()
  }
}

function idOf(span) {
  return span?.context().toSpanId() ?? 'none'
}

module.exports = { Account }
