const { noteSituation, partsOfNode } = require('./situation')

/** Before the recorder itself asks for more. */
const partsAtStart = partsOfNode()

noteSituation('start')
const http = require('node:http')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { makeCalls } = require('./calls')
const { exchange, serve } = require('./exchange')
const { makeApp, noteShapes } = require('./express')
const { add, fact, print } = require('./facts')
const { shakeHands } = require('./handshakes')
const { noteModules } = require('./modules')

const requests = {
  http: ['POST / HTTP/1.1', 'Connection: close'],
  'HTTP 1.0': ['POST / HTTP/1.0'],
  '100-continue': ['POST / HTTP/1.1', 'Connection: close', 'Expect: 100-continue'],
}

const warnings = []
process.on('warning', (warning) => warnings.push(warning.message))

record().then(() => {
  noteSituation('end')
  add('what is loaded', 'start: parts of Node', partsAtStart)
  fact('warnings', warnings)
  noteModules()
  print()
})

async function record() {
  for (const [name, head] of Object.entries(requests)) {
    const answer = (req, res) => serve(name, server, req, res, () => res.end('answer'))
    const server = http.createServer(answer)
    if (name === '100-continue') server.on('checkContinue', answer)
    await exchange(name, server, ...head)
  }
  await shakeHands()
  await makeCalls()
  for (const major of [4, 5]) await recordExpress(`Express ${major}`, expressOf(major))
}

async function recordExpress(name, express) {
  const made = makeApp(express, (req, res) => serve(name, server, req, res, () => res.send('answer')))
  const server = http.createServer(made.app)
  await exchange(name, server, 'POST /things/1?q=1 HTTP/1.1', 'Connection: close')
  noteShapes(name, express, made)
}

function expressOf(major) {
  return createRequire(join(__dirname, '..', '..', 'apps', `express-${major}`, 'app.js'))('express')
}
