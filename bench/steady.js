// Asks an app at a fixed rate, and times the answers. What is late is not left out: the time runs from when a request was
// due, not from when it could be sent.
const http = require('node:http')

/** The median and the 99th percentile, in microseconds. */
async function steadyLatency(origin, path, { perSecond, seconds }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const url = new URL(path, origin)
  const gap = 1_000 / perSecond
  const total = Math.round(perSecond * seconds)
  const latencies = []
  const start = performance.now()
  let sent = 0

  await new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      for (; sent < total && performance.now() - start >= sent * gap; sent++) ask(start + sent * gap)
      if (sent === total) clearInterval(timer)
    }, 1)

    function ask(due) {
      const call = http.get(url, { agent }, (res) => {
        res.resume().on('end', () => {
          latencies.push((performance.now() - due) * 1_000)
          if (latencies.length === total) resolve()
        })
      })
      call.on('error', reject)
    }
  })
  agent.destroy()
  latencies.sort((one, other) => one - other)
  return { median: latencies[Math.floor(total / 2)], high: latencies[Math.floor(total * 0.99)] }
}

module.exports = { steadyLatency }
