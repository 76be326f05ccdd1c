const { readFile } = require('node:fs')
const { setTimeout: sleep, setImmediate: turn } = require('node:timers/promises')
const { getSpan } = require('tracing')

const seenOutside = getSpan()

/** Says on the request's span in which places of an app it was found. */
module.exports = (express) => {
  const app = express()
  const mark = (place) => getSpan()?.setTag(place, true)

  app.put('/late/:id', (req, res) => {
    req.on('data', () => mark('data'))
    req.on('end', async () => {
      mark('end')
      await turn()
      mark('behind the end')
      res.end()
    })
  })

  app.post('/places/:id', (req, res, next) => {
    mark('middleware')
    if (getSpan(req) === getSpan()) mark('by the request')
    res.on('finish', () => mark('finish'))
    res.on('close', () => mark('close'))
    next()
  })
  app.use(express.json())
  app.post('/places/:id', async (req, _res, next) => {
    mark(`behind the parser of ${req.body.name}`)
    await null
    mark('await')
    await new Promise((resolve) => setTimeout(resolve, 1))
    mark('timer')
    await new Promise((resolve) => process.nextTick(resolve))
    await new Promise((resolve) => readFile(__filename, resolve))
    mark('file')
    next(new Error('on to the error handler'))
  })
  app.use((_err, _req, res, _next) => {
    mark('error handler')
    res.status(500).end()
  })

  app.post('/own/:id', async (req, res) => {
    const { id } = req.params
    res.on('finish', () => getSpan()?.setTag('finish', id))
    await sleep(id % 3)
    await turn()
    getSpan()?.setTag('handler', id)
    getSpan(req)?.setTag('request', id)
    res.json(req.body)
  })

  let leave
  const left = new Promise((resolve) => {
    leave = resolve
  })
  app.get('/leaving', (req, res) => {
    res.on('close', () => setImmediate(() => leave([getSpan(), getSpan(req)])))
    res.end()
  })
  app.get('/left', async (_req, res) => {
    const seen = [seenOutside, getSpan({}), ...(await left)]
    res.json({ seen: seen.map((span) => typeof span), here: typeof getSpan() })
  })
  return app
}
