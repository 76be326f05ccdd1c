// What is added to a request as an app grows.
const { Served } = require('./served.js')

const sizes = [
  { MIDDLEWARES: '1', ROUTES: '1' },
  { MIDDLEWARES: '10', ROUTES: '1' },
  { MIDDLEWARES: '100', ROUTES: '1' },
  { MIDDLEWARES: '1', ROUTES: '10' },
  { MIDDLEWARES: '1', ROUTES: '1000' },
]

/** Microseconds of CPU a request without and with our agent, by size and round. */
async function measureGrowth(app, agents, { growthRounds, warmUp, seconds }) {
  const [bare, traced] = [agents.find(({ name }) => name === 'none'), agents.find(({ isOurs }) => isOurs)]
  const measured = sizes.map((size) => ({ size, rounds: [] }))
  for (let round = 0; round < growthRounds; round++) {
    for (const { size, rounds } of measured) {
      const cpu = async (agent) => {
        const served = await Served.start({ ...app, environment: size }, agent)
        await served.saturate(warmUp)
        const figures = await served.saturate(seconds)
        await served.stop()
        return figures.cpu
      }
      rounds.push({ without: await cpu(bare), with: await cpu(traced) })
    }
  }
  return measured
}

module.exports = { measureGrowth }
