const http = require('node:http')

// Says all itself, so that it can be served whatever stands on all objects.
const server = http.createServer({ __proto__: null }, (req, res) => {
  if (req.url === '/pollute') Object.assign(Object.prototype, JSON.parse(process.env.LATER))
  res.end('hello')
})
const ready = () => console.log(`listening on ${server.address().port}`)
server.listen({ __proto__: null, host: '127.0.0.1', port: Number(process.env.PORT) }, ready)
