const http = require('node:http')
const { perform } = require('../stage')

const waiting = []

// Answers when it has three requests, or when it is told to, the last one first.
const server = http.createServer((req, res) => {
  if (req.url.includes('unread')) req.pause()
  else req.resume()
  if (req.url.includes('close')) res.setHeader('Connection', 'close')
  waiting.push(() => res.end(`${req.method} ${req.url}\n`))
  if (waiting.length === 3) answer()
})
perform(server, { commands: { answer }, begin: () => waiting.splice(0) })

function answer() {
  for (const each of waiting.splice(0).reverse()) each()
}
