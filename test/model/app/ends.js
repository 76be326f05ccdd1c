const { pipeline } = require('node:stream/promises')
const timers = require('node:timers/promises')
const { slowText, TEXT, unlessGone } = require('./text.js')

/** How a handler ends. */
const ends = {
  end({ res, status, account, id }) {
    account.log('answers', id)
    if (!res.headersSent) res.statusCode = status
    res.end(TEXT)
  },
  send(visit) {
    const { res, status, stack, account, id } = visit
    if (stack === 'http') return ends.end(visit)
    account.log('answers', id)
    res.status(status).send(TEXT)
  },
  'end later'(visit) {
    const { account, id } = visit
    account.running++
    setTimeout(() => {
      account.note(`timer in ${id}`)
      ends.end(visit)
      account.done()
    }, 1)
  },
  'end twice'(visit) {
    ends.end(visit)
    visit.res.write(TEXT)
    visit.res.end(TEXT)
  },
  async pipe({ req, res, status, account, id }) {
    account.log('answers', id)
    if (!res.headersSent) res.statusCode = status
    await unlessGone(req, pipeline(slowText(), res))
  },
  nothing() {},
  next: ({ next }) => next(),
  'next twice'({ next }) {
    next()
    next()
  },
  'end and next'(visit) {
    ends.end(visit)
    visit.next()
  },
  async 'next and end'(visit) {
    visit.next()
    await timers.setTimeout(1)
    if (!visit.res.writableEnded) ends.end(visit)
  },
  'next route': ({ next, stack }) => next(stack === 'http' ? undefined : 'route'),
  'next router': ({ next, stack }) => next(stack === 'http' ? undefined : 'router'),
  'next error': ({ next, id }) => next(new Error(`passed on by ${id}`)),
  throw({ id }) {
    throw new Error(`thrown by ${id}`)
  },
  'end and throw'(visit) {
    ends.end(visit)
    throw new Error(`thrown late by ${visit.id}`)
  },
  'destroy response': ({ res }) => void res.destroy(),
  'destroy response with error': ({ res }) => void res.destroy(new Error('broken')),
  'destroy request': ({ req }) => void req.destroy(),
  'destroy socket': ({ req }) => void req.socket?.destroy(),
  'end and destroy'(visit) {
    ends.end(visit)
    visit.res.destroy()
  },
  'end and close'(visit) {
    if (!visit.res.headersSent) visit.res.setHeader('Connection', 'close')
    ends.end(visit)
  },
}

module.exports = { ends }
