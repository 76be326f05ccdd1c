const http = require('node:http')

const answers = {
  '/teapot': (_req, res) => res.writeHead(418, 'Short and stout').end(),
  '/fail': (_req, res) => res.writeHead(503).end('no'),
  '/late': (_req, res) => {
    res.statusCode = 200
    setImmediate(() => {
      res.statusCode = 503
      res.end('later')
    })
  },
  '/hints': (_req, res) => {
    res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
    res.end('hinted')
  },
  '/trailers': (_req, res) => {
    res.setHeader('Trailer', 'x-sum')
    res.write('body')
    res.addTrailers({ 'x-sum': '42' })
    res.end()
  },
  '/events': (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('data: 1\n\n')
  },
  '/upload': (req, res) => {
    let bytes = 0
    req.on('data', (chunk) => {
      bytes += chunk.length
      console.log(`received ${bytes}`)
    })
    req.on('end', () => res.end(String(bytes)))
  },
  '/half': (_req, res) => res.write('half'),
  '/changed': (_req, res) => {
    res.write('ok')
    res.statusCode = 500
    res.end()
  },
  '/never': () => {},
  '/too-late': (_req, res) => res.on('close', () => res.end('nobody reads this')),
  '/destroy': (_req, res) => res.destroy(),
  '/destroy-error': (_req, res) => res.destroy(new Error('given up')),
  '/destroy-half': (_req, res) => res.write('half', () => res.destroy()),
}

const server = http.createServer((req, res) => {
  console.log(`${req.method} ${req.url}`)
  const answer = answers[req.url]
  if (answer !== undefined) return answer(req, res)
  res.end('hello')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
