const dns = require('node:dns')

// A resolver that knows one name, once `resolve` says so: before that it fails, or hangs, as NAMES says.
const hanging = []
let isKnown = false
dns.lookup = (name, options, answer) => {
  if (isKnown) setImmediate(tell, name, options, answer)
  else if (process.env.NAMES === 'hang') hanging.push([name, options, answer])
  else setImmediate(answer, Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), { code: 'EAI_AGAIN' }))
}
function tell(_name, { all }, answer) {
  if (all) answer(null, [{ address: '127.0.0.1', family: 4 }])
  else answer(null, '127.0.0.1', 4)
}
globalThis.world = {
  resolve() {
    isKnown = true
    for (const look of hanging.splice(0)) tell(...look)
  },
}
