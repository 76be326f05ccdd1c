// How long processes take with each agent, from start to end, on the wall.
const { spawnSync } = require('node:child_process')
const { environmentOf, fileOf, SERVER_CORE } = require('./served.js')

const programs = {
  'node -e 0': ['-e', '0'],
  'Express 4, from start to exit after listening': [fileOf('start')],
}

/** Milliseconds of each agent in each round, by program. Some agents keep a process alive: then it is undefined. */
function measureStartUp(agents, { starts }) {
  return Object.fromEntries(
    Object.entries(programs).map(([title, args]) => {
      const rounds = []
      const staying = new Set()
      for (let round = 0; round < starts; round++) {
        const measured = {}
        for (const agent of agents) {
          if (!staying.has(agent)) measured[agent.name] = time(agent, args)
          if (measured[agent.name] === undefined) staying.add(agent)
        }
        // The first one reads files that the others find in memory.
        if (round > 0) rounds.push(measured)
      }
      return [title, rounds]
    }),
  )
}

function time(agent, args) {
  const start = process.hrtime.bigint()
  const { error } = spawnSync('taskset', ['-c', SERVER_CORE, process.execPath, ...agent.node, ...args], {
    env: environmentOf(agent),
    stdio: 'ignore',
    timeout: 5_000,
  })
  return error === undefined ? Number(process.hrtime.bigint() - start) / 1e6 : undefined
}

module.exports = { measureStartUp }
