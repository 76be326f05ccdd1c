const http = require('node:http')
const { activeSpan, flush, getSpan, inject, traceIds, tracer, withSpan } = require('tracing')

const idOf = (span) => span?.context().toSpanId()
const get = (path, headers = {}) =>
  new Promise((resolve, reject) => {
    http.get({ port: server.address().port, path, headers, agent: false }, resolve).on('error', reject)
  }).then((res) => res.resume())

// Each answers with what it saw.
const routes = {
  async nested(req) {
    const request = idOf(getSpan())
    return withSpan('outer', async (outer) => {
      await null
      return withSpan('inner', async (inner) => {
        outer.setTag('level', 1)
        inner.setTag('level', 2)
        await get('/leaf')
        return {
          request: idOf(getSpan()) === request && idOf(getSpan(req)) === request,
          active: idOf(activeSpan()) === idOf(inner) && idOf(inner) !== idOf(outer),
        }
      })
    })
  },
  leaf: () => ({}),
  timer: () =>
    withSpan('timer', (span) => new Promise((resolve) => setTimeout(() => resolve(activeSpan() === span), 1))),
  events: (req) =>
    withSpan(
      'events',
      (span) => new Promise((resolve) => req.resume().on('end', () => resolve(idOf(span) !== undefined))),
    ),
  after() {
    const active = idOf(activeSpan())
    const value = withSpan('sync', () => 7)
    return { value, back: idOf(activeSpan()) === active }
  },
  async errors() {
    const caught = []
    const keep = (error) => caught.push(error.message)
    try {
      withSpan('throws', () => {
        throw new RangeError('thrown')
      })
    } catch (error) {
      keep(error)
    }
    await withSpan('rejects', async () => {
      throw new TypeError('rejected')
    }).catch(keep)
    return caught
  },
  async thenables() {
    let runs = 0
    const lazy = {
      // biome-ignore lint/suspicious/noThenProperty: what query builders are
      then(resolve) {
        runs++
        return Promise.resolve(runs).then(resolve)
      },
    }
    return [await withSpan('lazy', () => lazy), runs]
  },
  async given() {
    const span = tracer().startSpan('given')
    await withSpan(span, async (same) => {
      await null
      await get('/leaf')
      span.setTag('same', same === span && activeSpan() === span)
    })
    const open = activeSpan() === getSpan()
    span.setTag('later', true).finish()
    return open
  },
  byHand() {
    const parent = tracer().startSpan('child of the request')
    tracer().startSpan('child by hand', { childOf: parent }).finish()
    tracer().startSpan('root', { references: [] }).finish()
    withSpan('opened', () => tracer().startSpan('child of opened').finish())
    parent.finish()
    return true
  },
  global() {
    const opentracing = require('opentracing')
    withSpan('opened', () => opentracing.globalTracer().startSpan('child of opened').finish())
    opentracing.globalTracer().startSpan('child of the request').finish()
    return opentracing.globalTracer() instanceof opentracing.Tracer && tracer() instanceof opentracing.Tracer
  },
  inject: () =>
    withSpan('call', (span) => {
      const given = { kept: 'yes' }
      return {
        id: idOf(span),
        fresh: inject(),
        same: inject(given) === given,
        given,
        headers: [...inject(new Headers({ kept: 'yes' }))],
        frozen: inject(Object.freeze({})),
      }
    }),
  ids: () => ({ request: [traceIds(), idOf(getSpan())], inner: withSpan('inner', (span) => [traceIds(), idOf(span)]) }),
  async flush() {
    withSpan('flushed', () => {})
    return (await flush()) === undefined
  },
  renamed() {
    getSpan().setOperationName('first')
    activeSpan().setOperationName('renamed')
    return true
  },
  odd() {
    const span = { context: () => ({}) }
    return [
      withSpan(span, (same) => same === span),
      inject(null) !== undefined,
      withSpan('', () => 1),
      withSpan('nothing', () => undefined) === undefined,
    ]
  },
  async late() {
    setTimeout(() => {
      const before = [idOf(activeSpan()), typeof traceIds().traceId]
      withSpan('late', () =>
        console.log(JSON.stringify([...before, getSpan() === undefined, activeSpan() !== undefined])),
      )
    }, 50)
    return true
  },
}

const server = http.createServer(async (req, res) => {
  const seen = await routes[req.url.slice(1)]?.(req)
  res.end(JSON.stringify(seen))
})
server.listen(process.env.PORT, () => {
  const outside = [getSpan(), activeSpan(), traceIds(), inject({ kept: 1 }), typeof tracer().startSpan]
  console.log(`outside: ${JSON.stringify(outside)}`)
  if (process.env.JOB) withSpan('job', () => get('/leaf'))
  console.log(`listening on ${server.address().port}`)
})
