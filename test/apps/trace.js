const http = require('node:http')
const { join } = require('node:path')
const { getSpan, trace } = require('tracing')

const { RELEASE = '.' } = process.env
const express = require(require.resolve('express', { paths: [join(__dirname, RELEASE)] }))

const app = express()
app.set('trust proxy', true)

const show = async (req, res) => {
  const calls = http.get({ port: server.address().port, path: '/plain', agent: false })
  await new Promise((resolve) => calls.on('response', (answer) => answer.resume().on('end', resolve)))
  res.json({ traced: getSpan() !== undefined, same: getSpan() === getSpan(req) })
}

app.get('/plain', (_req, res) => res.json({ traced: getSpan() !== undefined }))
app.get('/users/:id', trace('ip', 'params.id', 'who=headers.x-user', 'headers.authorization'), show)

const api = express.Router()
api.use(trace('headers.x-tenant'))
api.get('/orders/:order', trace('params.order', 'headers.x-tenant'), show)
app.use('/shops/:shop', api)

const wrapped = trace('params.id')(async function showWrapped(_req, res) {
  await null
  res.json({ traced: getSpan() !== undefined })
})
app.get('/wrapped/:id', wrapped)
app.get('/late/:id', async (req, res) => {
  await null
  trace('params.id')(req, res, () => res.json({ traced: getSpan() !== undefined }))
})
app.get('/error/:id', () => {
  throw new Error('failed')
})
function answerError(error, _req, res, _next) {
  res.status(500).json({ message: error.message, traced: getSpan() !== undefined })
}
answerError.own = 'kept'
const wrappedError = trace('params.id', 'failed=res.statusMessage')(answerError)
app.use(wrappedError)

const plain = http.createServer(
  trace(
    'method',
    'url',
  )((_req, res) => {
    res.end(JSON.stringify({ traced: getSpan() !== undefined }))
  }),
)

const server = (process.env.PLAIN ? plain : http.createServer(app)).listen(process.env.PORT, () => {
  const shape = [wrapped.name, wrapped.length, wrappedError.name, wrappedError.length, wrappedError.own, trace().length]
  console.log(`shape: ${JSON.stringify(shape)}`)
  trace('ip', '', 'a b', '__proto__.x')({}, {}, () => console.log('passed on'))
  trace('ip')(null, undefined, () => console.log('passed nothing on'))
  console.log(`listening on ${server.address().port}`)
})
