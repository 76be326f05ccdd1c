const http = require('node:http')
const domain = require('node:domain')

// An app of old: what goes wrong while a request is served is answered by its domain.
const server = http.createServer((req, res) => {
  const ofRequest = domain.create()
  ofRequest.add(req)
  ofRequest.add(res)
  ofRequest.on('error', (error) => {
    res.statusCode = 500
    res.end(`caught: ${error.message}`)
  })
  req.on('data', () => {
    throw new Error('in the body')
  })
  req.on('end', () => res.end('served'))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
