const express = require('express')

const app = express()
app.get('/users/:id', function showUser(_req, res) {
  res.send('user')
})
app.get('/nameless', (_req, res) => res.send('nameless'))

const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
