const http = require('node:http')

// Answers only when told to: `GET /release` lets all answers go, the last one first.
const waiting = []
const server = http.createServer((req, res) => {
  console.log(req.url)
  if (req.url.startsWith('/release')) {
    for (const answer of waiting.splice(0).reverse()) answer()
    return res.end('released')
  }
  if (req.url.startsWith('/last')) return res.end()
  if (req.url.includes('close')) res.setHeader('Connection', 'close')
  if (req.url.includes('consumed')) req.on('end', () => console.log(`consumed ${req.url}`)).resume()
  waiting.push(() => res.end(req.url))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
