const { Account } = require('./account.js')
const { TEXT } = require('./text.js')

/** Runs an error handler of a program. */
function repair(way, id, err, req, res, next) {
  const account = Account.of(req)
  account.note(`repair ${id}`)
  if (way === 'recover') {
    account.log('recover', id)
    return next()
  }
  if (way === 'pass on' || res.headersSent) return next(err)
  if (way === 'answer later') return answerLater(account, err, res, next)
  if (way === 'throw') {
    const error = new Error(`thrown while repairing by ${id}`)
    account.log('error', id, error.message)
    throw error
  }
  res.status(500).send(TEXT)
}

function answerLater(account, err, res, next) {
  account.running++
  setImmediate(() => {
    if (res.headersSent) next(err)
    else res.status(503).send(TEXT)
    account.done()
  })
}

module.exports = { repair }
