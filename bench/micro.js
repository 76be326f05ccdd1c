// What each step of a request costs alone, so that a profile's suspicion can be checked: `npm run bench:micro`, or
// `-- encode finish` for some. Nanoseconds of CPU, the lowest and the median of many rounds.
const { setTimeout: wait } = require('node:timers/promises')
const { spread } = require('./statistics.js')

const ROUNDS = 31
const TURNS = 20_000

const agent = (name) => require(`../dist/src/agent/${name}.js`)
const { context, remember, runIn, scopeOf, Untraced } = agent('context')
const { now } = agent('clock')
const { combine } = agent('propagation/index')
const { Recorder, finish, setTag } = agent('recorder')
const { Journey } = agent('routes')
const { define } = agent('templates')
const { encodeSpan } = agent('tracers/jaeger/span')
const { agentMessage } = agent('tracers/jaeger/message')
const { visibleUrl } = agent('url')

const headers = {
  host: 'shop.example',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'x-request-id': '7f3c1b',
}
const traced = { ...headers, 'uber-trace-id': '5af7183fb1d4cf5f:5af7183fb1d4cf5f:0:1' }
const formats = combine(['jaeger', 'w3c'])
const tags = () => ({ 'span.kind': 'server', 'http.method': 'GET', 'http.url': 'http://shop.example/api/orders/42' })

const reporter = { setProcess() {}, report() {}, close() {} }
const { createTracer } = agent('tracers/jaeger/index')
const options = { serviceName: 'bench', debugId: false, propagation: ['jaeger', 'w3c'] }
const recorder = new Recorder(() => ({ tracer: createTracer(options, {}, reporter), flush() {}, flushNow() {} }))
const started = () => recorder.start('GET', undefined, now(), tags())

const scope = new Untraced(undefined)
const known = remember({}, scope) && {}
remember(known, scope)
const router = { stack: [{ route: undefined, match() {} }] }
define(router, 0, '/api')
const finished = started()
for (const [key, value] of [
  ['component', 'express'],
  ['http.status_code', 200],
  ['http.route', '/api/orders/:id'],
])
  setTag(finished, key, value)
finish(finished, now())
const encoded = encodeSpan(finished, 60_000)
const batch = Array.from({ length: 120 }, () => encoded)
const nothing = () => undefined

const steps = {
  'extract, no headers of a trace': () => formats.read(headers, false),
  'extract, uber-trace-id': () => formats.read(traced, false),
  'target of a request': () => visibleUrl('/api/orders/42?page=2', 'off'),
  clock: now,
  start: started,
  'context: note on a request': () => remember({}, scope),
  'context: find by request': () => scopeOf(known),
  'context: enter': () => runIn(scope, nothing, undefined, []),
  'context: already there': () => context.run(scope, runIn, scope, nothing, undefined, []),
  layer: () => {
    const journey = new Journey()
    journey.enterRouter(router, known)
    journey.enterLayer(router.stack[0], known)
  },
  'start, three tags, finish': () => {
    const span = started()
    setTag(span, 'component', 'express')
    setTag(span, 'http.status_code', 200)
    setTag(span, 'http.route', '/api/orders/:id')
    finish(span, now())
  },
  encode: () => encodeSpan(finished, 60_000),
  'send: a message of 120 spans': () => agentMessage(encoded, batch),
}

main()

async function main() {
  const wanted = process.argv.slice(2)
  for (const [name, step] of Object.entries(steps)) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
    const { low, median } = spread(await time(step))
    console.log(`${low.toFixed(0).padStart(6)} ${median.toFixed(0).padStart(6)} ns  ${name}`)
  }
}

async function time(step) {
  const times = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    for (let turn = 0; turn < TURNS; turn++) step()
    const { user, system } = process.cpuUsage(before)
    times.push(((user + system) * 1_000) / TURNS)
    // Garbage is collected, and code compiled, between the rounds too.
    await wait(0)
  }
  return times
}
