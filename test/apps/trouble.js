// An Express app that fails, calls and is left in many ways, and tells what happens in which order.
const http = require('node:http')
const express = require('express')

const app = express()
const local = (path) => ({ host: '127.0.0.1', port: server.address().port, path, agent: false })

/** What a call comes to, event by event. */
function follow(req) {
  return new Promise((resolve) => {
    const seen = []
    for (const event of ['finish', 'error']) req.on(event, (error) => seen.push([event, error?.code].join(' ').trim()))
    req.on('response', (res) => {
      seen.push(`response ${res.statusCode}`)
      for (const event of ['end', 'aborted', 'error']) res.on(event, () => seen.push(`answer's ${event}`))
      res.resume()
    })
    req.on('close', () => resolve([...seen, 'close']))
  })
}

app.use((req, res, next) => {
  const tell = (event) => console.log(`${req.method} ${req.originalUrl} ${event}`)
  tell('began')
  res.on('finish', () => tell('finished')).on('close', () => tell(res.writableEnded ? 'closed' : 'was cut'))
  next()
})
app.get('/fine/:id', (req, res) => res.set('X-Own', req.params.id).json({ id: req.params.id }))
app.get('/thrown', () => {
  throw new TypeError('thrown')
})
app.get('/rejected', async () => {
  await null
  throw Object.assign(new RangeError('rejected'), { status: 503 })
})
app.get('/passed', (_req, _res, next) => next('passed on'))
app.get('/handled', (_req, _res, next) => next(new Error('handled')))
app.get('/answered', (_req, res, next) => {
  res.send('answered')
  next(new Error('too late'))
})
app.get('/stream', (_req, res) => {
  res.write('one,')
  setImmediate(() => {
    res.write('two,')
    setImmediate(() => res.end('three'))
  })
})
app.post('/upload', express.json(), (req, res) => res.json(req.body))
app.get('/calls', async (_req, res) => {
  const calls = ['/fine/1', '/thrown', '/cut'].map((path) => follow(http.get(local(path))))
  const fetched = await fetch(`http://127.0.0.1:${server.address().port}/fine/2`)
  const refused = follow(http.get({ host: '127.0.0.1', port: 1 }))
  res.json([...(await Promise.all([...calls, refused])), fetched.status, await fetched.text()])
})
app.get('/cut', (req) => req.socket.destroy())
app.get('/never', (_req, res) => res.write('still '))
app.use('/handled', (err, _req, res, _next) => {
  res.status(422).json({ error: err.message })
})

const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
