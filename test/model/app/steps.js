const { once } = require('node:events')
const http = require('node:http')
const { pipeline } = require('node:stream/promises')
const timers = require('node:timers/promises')
const { slowText, TEXT, unlessGone } = require('./text.js')

/** Steps that are done at once. */
const actions = {
  write({ res }) {
    if (!res.writableEnded) res.write(TEXT)
  },
  head({ res, status }) {
    if (!res.headersSent) res.writeHead(status)
  },
  flush({ res, status }) {
    if (res.headersSent) return
    res.statusCode = status
    res.flushHeaders()
  },
  processing({ res }) {
    // Where the answer waits for its turn, Node would put it behind the head.
    if (!res.headersSent && res.socket !== null) res.writeProcessing()
  },
  listen({ req, account, id }) {
    req.on('data', () => account.note(`data in ${id}`))
  },
  'set status'({ res }) {
    res.statusCode = 299
  },
}

/** Steps that take time. */
const pauses = {
  await: async () => {},
  tick: () => new Promise((resolve) => process.nextTick(resolve)),
  immediate: () => timers.setImmediate(),
  timer: () => timers.setTimeout(1),
  body: ({ req }) => unlessGone(req, drain(req)),
  stream: ({ req, res }) => unlessGone(req, pipeline(slowText(), res, { end: false })),
  async call({ account, id }) {
    account.log('call')
    const call = http.get({ port: account.echo, path: `/${account.key}`, host: '127.0.0.1', agent: false })
    const [answer] = await once(call, 'response')
    answer.on('data', () => account.note(`answer in ${id}`))
    await once(answer, 'end')
  },
}

async function drain(req) {
  for await (const _ of req);
}

module.exports = { actions, pauses }
