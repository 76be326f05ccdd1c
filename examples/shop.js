// A small shop: an Express app as anyone would write it. What is in stock it asks another, stock.js.
// It knows nothing of tracing.
const express = require('express')

const stock = process.env.STOCK_URL ?? 'http://localhost:3001'
const products = new Map([
  ['1', { name: 'kettle', price: 39 }],
  ['2', { name: 'teapot', price: 24 }],
])

const catalogue = express.Router()

catalogue.get('/products/:id', async (req, res) => {
  const product = products.get(req.params.id)
  if (product === undefined) return res.status(404).json({ error: 'no such product' })
  res.json({ ...product, ...(await ask(`/stock/${req.params.id}`)) })
})

catalogue.get('/report', async (_req, res) => {
  res.json({ products: products.size, ...(await ask('/stocktaking')) })
})

catalogue.post('/orders', express.json(), async (req, res) => {
  const { pieces = 0 } = await ask(`/stock/${req.body.product}`)
  if (pieces === 0) throw new RangeError(`cannot order product ${req.body.product}`)
  res.status(201).json({ product: req.body.product })
})

const app = express()
app.use('/shops/:shop', catalogue)

const server = app.listen(process.env.PORT ?? 3000, () => {
  console.log(`listening on ${server.address().port}`)
})

async function ask(path) {
  const response = await fetch(stock + path)
  return response.json()
}
