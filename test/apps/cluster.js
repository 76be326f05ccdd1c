const cluster = require('node:cluster')
const http = require('node:http')

const WORKERS = 2

if (cluster.isPrimary) {
  let ready = 0
  cluster.on('listening', (_worker, { port }) => {
    if (++ready === WORKERS) console.log(`listening on ${port}`)
  })
  for (let count = 0; count < WORKERS; count++) cluster.fork()
} else {
  http.createServer((_req, res) => res.end(String(process.pid))).listen(process.env.PORT)
}
