// The shop's stock: another Express app, which knows nothing of tracing either.
const express = require('express')

const pieces = new Map([
  ['1', 12],
  ['2', 7],
])

const app = express()

app.get('/stock/:product', async (req, res) => {
  const { product } = req.params
  await wait(5)
  if (!pieces.has(product)) return res.status(404).json({ error: 'no such product' })
  res.json({ pieces: pieces.get(product) })
})

app.get('/stocktaking', async (_req, res) => {
  await wait(250)
  res.json({ pieces: [...pieces.values()].reduce((sum, count) => sum + count) })
})

const server = app.listen(process.env.PORT ?? 3001, () => {
  console.log(`listening on ${server.address().port}`)
})

/** As long as a database would take. */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
