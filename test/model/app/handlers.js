const { Account } = require('./account.js')
const { ends } = require('./ends.js')
const { actions, pauses } = require('./steps.js')

/** Runs one handler of a program. What it throws before its first pause it throws as any function does. */
function handle({ steps, end, status }, id, stack, req, res, next) {
  const account = Account.of(req)
  const visit = { account, id, stack, status, req, res, next: passOn }
  account.log('enter', id)
  account.note(`handler ${id}`)
  account.running++

  const first = steps.findIndex((step) => step in pauses)
  const atOnce = first === -1 ? steps : steps.slice(0, first)
  try {
    for (const step of atOnce) perform(step, visit)
    const rest = first === -1 ? ends[end](visit) : later(steps.slice(first), end, visit)
    if (rest instanceof Promise) {
      return rest.catch(stack === 'express 5' ? fail : blame).finally(() => void account.done())
    }
    account.done()
  } catch (error) {
    account.done()
    return fail(error)
  }
  return undefined

  /** What `next` was called with is on record before whatever comes of it. */
  function passOn(err) {
    if (err instanceof Error) account.log('error', id, err.message)
    else account.log('next', id, err ?? '')
    next(err)
  }
  function fail(error) {
    if (stack === 'http') return next(error)
    account.log('error', id, error.message)
    throw error
  }
  /** Express 4 knows no promises. */
  function blame(error) {
    if (stack !== 'http') account.log('error', id, error.message)
    next(error)
  }
}

async function later(steps, end, visit) {
  for (const step of steps) {
    if (step in actions) perform(step, visit)
    else await pause(step, visit)
  }
  await ends[end](visit)
}

function perform(step, visit) {
  actions[step](visit)
  visit.account.note(`after ${step} in ${visit.id}`)
}

async function pause(step, visit) {
  await pauses[step](visit)
  visit.account.note(`after ${step} in ${visit.id}`)
}

module.exports = { handle }
