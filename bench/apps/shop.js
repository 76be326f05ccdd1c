// A small API as teams write it: MIDDLEWARES, ROUTES of which the last one is asked for, and three nested routers.
const http = require('node:http')

/** The app of a release of Express; `answer` is what its route does. */
function shop(express, answer = (req, res) => res.json({ id: req.params.id, shop: req.params.shop })) {
  const { MIDDLEWARES = '5', ROUTES = '1' } = process.env
  const app = express()
  for (let count = 0; count < Number(MIDDLEWARES); count++) app.use((_req, _res, next) => next())
  const [shops, orders, items] = [0, 1, 2].map(() => express.Router({ mergeParams: true }))
  app.use('/api', shops)
  shops.use('/shops/:shop', orders)
  orders.use('/orders', items)
  for (let count = 1; count < Number(ROUTES); count++) items.get(`/route-${count}/:id`, answer)
  items.get('/:id', answer)
  return http.createServer(app)
}

module.exports = { shop }
