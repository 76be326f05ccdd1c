const http = require('node:http')

class User {
  constructor() {
    this.id = 42
    this.password = 'canary'
    this.self = this
  }

  get plan() {
    return 'gold'
  }

  get broken() {
    throw new Error('not today')
  }
}

const server = http.createServer((req, res) => {
  req.user = new User()
  req.session = { token: 'canary', items: [1, 2, { deep: true }], big: 12n }
  req.empty = ''
  req.nothing = null
  req.zero = 0
  req.no = false
  req.proxy = new Proxy(
    {},
    {
      get() {
        throw new Error('trapped')
      },
    },
  )
  res.locals = { plan: 'gold', long: 'x'.repeat(5_000) }
  res.setHeader('x-answer', 'yes')
  res.end('hello')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
