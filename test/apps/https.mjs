import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const { KEY, CERT, PORT } = process.env
const server = createServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, (_req, res) => res.end('hello'))
server.listen(PORT, () => console.log(`listening on ${server.address().port}`))
