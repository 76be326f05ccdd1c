import { createServer } from 'node:http'

const server = createServer((_req, res) => res.end('hello'))
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
