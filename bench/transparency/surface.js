// What an app can find out about an agent, as `test/transparency/surface` records it.
const { join } = require('node:path')
const { compare } = require('../../dist/test/transparency/surface/compare.js')

const recorder = [join(__dirname, '..', '..', 'test', 'transparency', 'surface', 'record.js')]
/** Lists what an agent is made of, which says more of its packages than of what it does. */
const ofPackages = 'what is loaded'

/**
 * Counts the differences to a run without the agent: all, and those of different kinds. What is found at many places, of
 * many requests, is of one kind.
 */
async function countSurface(player, agent) {
  const plain = await player.play(recorder)
  const varying = Object.keys(compare(plain, await player.play(recorder)))
  if (varying.length > 0) throw new Error(`differs without an agent: ${varying}`)

  const { [ofPackages]: _, ...changes } = compare(plain, await player.play(recorder, agent))
  return {
    facts: Object.keys(plain).length,
    kinds: new Set(Object.keys(changes).map(withoutPlace)).size,
    differences: Object.values(changes).flat().length,
    changes,
  }
}

/** `http, request closed: listeners of res` is about listeners of res. */
function withoutPlace(fact) {
  return fact.replace(/^.*: /, '')
}

module.exports = { countSurface }
