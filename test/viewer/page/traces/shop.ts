import type { JaegerTrace } from '../../../../src/viewer/page/model/jaeger.js'
import { TraceBuilder } from './builder.js'
import { random } from './random.js'
import { call, query, request, serve, type Work } from './work.js'

/** Requests to a shop of six services: `count` of them within the `seconds` before `now` (milliseconds). */
export function shopTraces(count: number, now: number, seconds = 900, seed = 7): JaegerTrace[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, index) => {
    const age = (seconds * (count - index - next() * 0.8)) / count
    const [visit, fastest, spread] = visits[Math.floor(next() ** 1.6 * visits.length)] ?? visits[0]
    const slow = next() < 0.04 ? 6 + next() * 20 : 1
    const trace = new TraceBuilder(id(next), Math.round((now - age * 1_000) * 1_000))
    const duration = (fastest + next() * spread) * slow * 1_000
    visit({ trace, service: 'storefront', start: 0, duration }, next)
    return trace.json()
  })
}

type Visit = (work: Work, next: () => number) => void

/** What customers do, the most frequent first; with the fastest milliseconds, and how many more it may take. */
const visits: readonly [[Visit, number, number], ...[Visit, number, number][]] = [
  [browse, 6, 8],
  [search, 14, 30],
  [browse, 5, 6],
  [basket, 3, 4],
  [order, 60, 90],
  [nowhere, 0.4, 1],
  [order, 60, 120],
  [report, 400, 500],
]

function browse(work: Work): void {
  const front = serve(work, 'GET /shops/:shop/products/:id')
  query(front, 'SELECT products', { from: 0.06, length: 0.2 })
  call(front, 'pricing', 'GET /prices/:product', { from: 0.3, length: 0.36 })
  const stock = call(front, 'inventory', 'GET /stock/:product', { from: 0.32, length: 0.6 })
  query(stock, 'SELECT stock', { from: 0.2, length: 0.6 })
}

function search(work: Work, next: () => number): void {
  const front = serve(work, 'GET /search')
  query(front, 'SELECT products', { from: 0.04, length: 0.3 })
  const found = 3 + Math.floor(next() * 9)
  for (let index = 0; index < found; index++)
    call(front, 'pricing', 'GET /prices/:product', { from: 0.36 + (0.58 * index) / found, length: 0.5 / found })
}

function basket(work: Work, next: () => number): void {
  const front = serve(work, 'PUT /basket/:item', next() < 0.08 ? 409 : 204)
  query(front, 'UPDATE baskets', { from: 0.2, length: 0.6 })
}

function order(work: Work, next: () => number): void {
  const isDeclined = next() < 0.16
  const status = isDeclined ? 500 : 201
  const front = serve(work, 'POST /orders', status)
  query(front, 'SELECT baskets', { from: 0.02, length: 0.06 })
  const checkout = call(front, 'checkout', 'POST /checkout', { from: 0.1, length: 0.86 }, status)
  const stock = call(checkout, 'inventory', 'POST /reservations', { from: 0.03, length: 0.22 }, 201)
  query(stock, 'UPDATE stock', { from: 0.15, length: 0.7 })
  call(checkout, 'pricing', 'GET /prices/:product', { from: 0.05, length: 0.1 })
  pay(checkout, isDeclined)
  if (!isDeclined) call(checkout, 'mailer', 'POST /mails', { from: 0.9, length: 0.08 }, 202)
}

function pay(checkout: Work, isDeclined: boolean): void {
  const at = checkout.start + checkout.duration * 0.84
  const logs = isDeclined ? [checkout.trace.error(at, 'PaymentDeclined', declined, stack)] : []
  const share = { from: 0.28, length: 0.6 }
  const payments = call(checkout, 'payments', 'POST /charges', share, isDeclined ? 500 : 201, logs)
  query(payments, 'INSERT charges', { from: 0.04, length: 0.08 })
  const tags = { 'http.method': 'POST', 'http.url': 'https://api.cards.example/v1/charges' }
  const outcome = isDeclined ? { 'http.status_code': 402, error: true } : { 'http.status_code': 200 }
  request(payments, 'POST', { from: 0.16, length: 0.76 }, { ...tags, ...outcome })
}

function report(work: Work): void {
  const front = serve(work, 'GET /shops/:shop/report')
  const taking = call(front, 'inventory', 'GET /stocktaking', { from: 0.02, length: 0.95 })
  for (let index = 0; index < 24; index++) query(taking, 'SELECT stock', { from: 0.02 + 0.04 * index, length: 0.035 })
}

function nowhere(work: Work): void {
  serve(work, 'GET', 404)
}

/** Some services make ids of 128 bits, some of 64. */
function id(next: () => number): string {
  const part = () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  const short = part() + part()
  return next() < 0.2 ? short + part() + part() : short
}

const declined = 'card ending in 4242 was declined: insufficient funds'
const stack = `PaymentDeclined: ${declined}
    at Provider.charge (/srv/payments/src/provider.js:48:13)
    at async chargeCard (/srv/payments/src/charges.js:21:20)
    at async /srv/payments/src/app.js:34:18
    at Layer.handleRequest (/srv/payments/node_modules/router/lib/layer.js:152:17)
    at next (/srv/payments/node_modules/router/lib/route.js:157:13)
    at Route.dispatch (/srv/payments/node_modules/router/lib/route.js:117:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`
