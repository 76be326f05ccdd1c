const http = require('node:http')

const { RECIPE, LOG } = process.env
// biome-ignore lint/security/noGlobalEval: the recipe stands in the docs
const log = eval(`(() => { ${RECIPE}; return () => { ${LOG} } })()`)

log()
const server = http.createServer((_req, res) => {
  log()
  res.end()
})
server.listen(process.env.PORT, () => process.stdout.write(`listening on ${server.address().port}\n`))
