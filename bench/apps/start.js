// An app that ends as soon as it listens.
const express = require('../../test/apps/express-4/node_modules/express')

const app = express()
app.get('/', (_req, res) => res.send('hello'))
app.listen(0, '127.0.0.1', () => process.exit())
