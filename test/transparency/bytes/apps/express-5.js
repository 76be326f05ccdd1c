const { createServer } = require('node:http')
const { createRequire } = require('node:module')
const { perform } = require('../stage')
const { routes } = require('../routes')

const express = createRequire(require.resolve('../../../apps/express-5/app.js'))('express')

perform(createServer(routes(express)))
