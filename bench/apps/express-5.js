const { serve } = require('./serve.js')
const { shop } = require('./shop.js')

serve(shop(require('express')))
