const http = require('node:http')

class Broken extends Error {
  constructor(message, res) {
    super(message)
    Object.defineProperty(this, 'res', { value: res })
  }
}

const server = http.createServer((req, res) => {
  if (req.url === '/sync') throw new Broken('thrown in a listener', res)
  if (req.url === '/text') throw 'just text'
  if (req.url === '/async') return reject(res)
  if (req.url === '/timer') {
    return setTimeout(() => {
      throw new Broken('thrown in a timer', res)
    }, 1)
  }
  if (req.url === '/body') {
    return req
      .on('end', () => {
        throw new Broken('thrown after the body', res)
      })
      .resume()
  }
  if (req.url === '/answered') {
    return res.end('answered', () => {
      throw new Broken('thrown after the answer', res)
    })
  }
  res.end('hello')
})

async function reject(res) {
  await null
  throw new Broken('rejected', res)
}

// Stays up, and answers the request that failed.
if (process.env.SURVIVE === 'true') {
  let last
  server.prependListener('request', (_req, res) => {
    last = res
  })
  process.on('uncaughtException', ({ res = last }) => res.writeHead(500).end('sorry'))
}
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
