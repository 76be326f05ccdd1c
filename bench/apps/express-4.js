const { serve } = require('./serve.js')
const { shop } = require('./shop.js')

serve(shop(require('../../test/apps/express-4/node_modules/express')))
