// Express 4 with one outgoing call a request, to the server at UPSTREAM, over connections that are kept.
const http = require('node:http')
const { serve } = require('./serve.js')
const { shop } = require('./shop.js')

const agent = new http.Agent({ keepAlive: true })

serve(
  shop(require('../../test/apps/express-4/node_modules/express'), (req, res, next) => {
    const call = http.get(`${process.env.UPSTREAM}/items/${req.params.id}`, { agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => res.json({ item: JSON.parse(text), shop: req.params.shop }))
    })
    call.on('error', next)
  }),
)
