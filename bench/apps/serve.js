/** Serves for a bench: tells its parent the port, and between `begin` and `end` what it took. */
function serve(server) {
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
