const http = require('node:http')

// Serves one request, its own, and has nothing more to do.
const server = http.createServer((_req, res) => res.end('hello'))
server.listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (answer) => {
    answer.setEncoding('utf8').on('data', (text) => console.log(text))
    answer.on('end', () => server.close())
  })
})
