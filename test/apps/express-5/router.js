const { createRequire } = require('node:module')
const serve = require('../router')

const requireAsExpress = createRequire(require.resolve('express'))

const server = serve(requireAsExpress('router'), 5).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
