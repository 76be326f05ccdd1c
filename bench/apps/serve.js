const { drive } = require('./driven.js')

/**
 * Serves for a bench: tells its parent the port, and between `begin` and `end` what it took. With REQUESTS it opens no
 * port, answers so many of them for ASKED, and ends.
 */
function serve(server) {
  const { REQUESTS, ASKED } = process.env
  if (REQUESTS !== undefined) {
    drive(server, ASKED, Number(REQUESTS))
    return
  }
  let before
  process.on('message', (word) => {
    if (word === 'begin') {
      before = process.cpuUsage()
      process.send({ begun: true })
      return
    }
    const { user, system } = process.cpuUsage(before)
    process.send({ cpu: user + system, rss: process.memoryUsage.rss() })
  })
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}

module.exports = { serve }
