const { readFileSync } = require('node:fs')
const https = require('node:https')

const { KEY, CERT, PORT } = process.env
const server = https.createServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, (_req, res) => res.end('hello'))
server.listen(PORT, () => console.log(`listening on ${server.address().port}`))
