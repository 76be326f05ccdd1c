const Router = require('router')
const serve = require('../router')

const server = serve(Router, 4).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
