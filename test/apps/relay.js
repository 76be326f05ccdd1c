const http = require('node:http')

// Answers with the headers that a call of its own arrives with.
const inner = http.createServer((req, res) => res.end(JSON.stringify({ headers: req.headers }))).listen(0)
const server = http.createServer((_req, res) => {
  http.get({ port: inner.address().port, agent: false }, (answer) => answer.pipe(res))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
