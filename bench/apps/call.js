// Express 4 with one outgoing call a request, to the server at UPSTREAM, over connections that are kept.
const http = require('node:http')
const { connectTo } = require('./driven.js')
const { serve } = require('./serve.js')
const { shop } = require('./shop.js')

const { REQUESTS, UPSTREAM = 'http://127.0.0.1:8080' } = process.env
const agent = new http.Agent({ keepAlive: true })
// Where it is asked from memory, it asks there.
if (REQUESTS !== undefined) agent.createConnection = () => connectTo('{"id":42}')

serve(
  shop(require('../../test/apps/express-4/node_modules/express'), (req, res, next) => {
    const call = http.get(`${UPSTREAM}/items/${req.params.id}`, { agent }, (answer) => {
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
