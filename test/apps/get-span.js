const http = require('node:http')
const { getSpan } = require('tracing')

const foreign = [null, undefined, 0, 'text', Symbol('s'), {}, [], () => {}, new Proxy({}, thrower()), revoked()]
const before = foreign.map((value) => getSpan(value))

const server = http.createServer((req, res) => {
  const span = getSpan()
  const answer = {
    traced: span !== undefined,
    same: span === getSpan(req),
    response: getSpan(res) !== undefined,
    foreign: foreign.filter((value) => value !== undefined && getSpan(value) !== undefined).length,
    item: span?.getBaggageItem('item'),
  }
  span?.setTag('mine', 'yes').setOperationName('renamed')
  span?.log({ event: 'noted' })
  res.on('close', () => {
    const inside = getSpan(req) !== undefined
    setImmediate(() => console.log(`after: ${inside} ${getSpan()} ${getSpan(req)}`))
  })
  res.end(JSON.stringify(answer))
})
server.listen(process.env.PORT, () => {
  console.log(`outside: ${getSpan()} ${before.filter((span) => span !== undefined).length}`)
  console.log(`listening on ${server.address().port}`)
})

function thrower() {
  const fail = () => {
    throw new Error('trapped')
  }
  return { get: fail, has: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail, ownKeys: fail }
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
