// The apps that agents are put into.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')
const { LOAD_CORE } = require('./served.js')

const SHOP = '/api/shops/7/orders/42'

const apps = {
  http: { title: 'bare `http`', script: 'http', path: '/' },
  'express-4': { title: 'Express 4', script: 'express-4', path: SHOP },
  'express-5': { title: 'Express 5', script: 'express-5', path: SHOP },
  call: { title: 'Express 4 with a call', script: 'call', path: SHOP },
}

/** Starts what the app with a call calls. */
async function startUpstream() {
  const upstream = spawn('taskset', ['-c', LOAD_CORE, process.execPath, join(__dirname, 'upstream.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ port }] = await once(upstream, 'message')
  apps.call.environment = { UPSTREAM: `http://127.0.0.1:${port}` }
  return upstream
}

module.exports = { apps, startUpstream }
