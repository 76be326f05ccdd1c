import http from 'node:http'
import use from './use.js'

use(http)
