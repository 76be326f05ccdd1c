// A small shop: an Express app as anyone would write it. It knows nothing of tracing.
const express = require('express')

const products = new Map([
  ['1', { name: 'kettle', price: 39 }],
  ['2', { name: 'teapot', price: 24 }],
])

const catalogue = express.Router()

catalogue.get('/products/:id', async (req, res) => {
  const product = await load(req.params.id)
  if (product === undefined) return res.status(404).json({ error: 'no such product' })
  res.json(product)
})

catalogue.get('/report', (_req, res) => {
  setTimeout(() => res.json({ products: products.size }), 250)
})

catalogue.post('/orders', express.json(), (req, _res) => {
  if (!products.has(req.body.product)) throw new RangeError(`cannot order product ${req.body.product}`)
})

const app = express()
app.use('/shops/:shop', catalogue)

const server = app.listen(process.env.PORT ?? 3000, () => {
  console.log(`listening on ${server.address().port}`)
})

/** As slow as a database nearby. */
async function load(id) {
  await new Promise((resolve) => setTimeout(resolve, 5))
  return products.get(id)
}
