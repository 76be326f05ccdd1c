// Calls back in the context of a resource that is older than any request, as pools of connections do.
const { AsyncResource } = require('node:async_hooks')
const express = require('express')
const { activeSpan, getSpan, withSpan } = require('tracing')

const outside = new AsyncResource('POOL')
const other = new AsyncResource('POOL')
const app = express()

app.use((req, _res, next) => {
  outside.runInAsyncScope(() => {
    req.seen = { outside: getSpan() === undefined, ofRequest: getSpan(req) !== undefined }
    next()
  })
})

app.get('/', (req, res) => {
  const span = getSpan()
  const bound = AsyncResource.bind(() => getSpan() === span)
  const inner = withSpan('inner', (opened) => ({
    opened: activeSpan() === opened,
    outside: other.runInAsyncScope(() => activeSpan() === undefined),
    bound: bound(),
    again: activeSpan() === opened,
  }))
  res.json({ ...req.seen, restored: span === getSpan(req), inner, after: activeSpan() === span })
})

const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
