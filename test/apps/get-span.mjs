import { createServer } from 'node:http'
import * as everything from 'tracing'
import { getSpan } from 'tracing'

const server = createServer((req, res) => {
  const span = getSpan()
  span?.setTag('mine', 'yes')
  const answer = { traced: span !== undefined, same: span === getSpan(req), alike: everything.getSpan === getSpan }
  res.end(JSON.stringify(answer))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
