// Says which packages are loaded in the process, by name.
function loaded() {
  const names = Object.keys(require.cache).map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
  return [...new Set(names)].join(' ')
}

console.log(`at the start: ${loaded()}`)
const express = require('express')
const app = express()
app.get('/', (_req, res) => res.send('hello'))
const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
process.on('SIGUSR2', () => console.log(`by now: ${loaded()}`))
