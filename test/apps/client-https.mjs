import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, get } from 'node:https'

const server = createServer(
  { key: readFileSync(process.env.KEY), cert: readFileSync(process.env.CERT) },
  (req, res) => {
    res.end(req.headers['uber-trace-id'])
  },
)
await once(server.listen(0), 'listening')
const [res] = await once(get({ port: server.address().port, rejectUnauthorized: false, agent: false }), 'response')
for await (const text of res.setEncoding('utf8')) console.log(text)
server.close()
