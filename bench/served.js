// An app under load, on a core of its own.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')

/** The server has the first core, all else the second. */
const SERVER_CORE = '0'
const LOAD_CORE = '1'
/** How many clients ask at a time, each on a connection of its own. */
const CONNECTIONS = 32

/** Where an app, or another script of `bench/apps`, is. */
function fileOf(script) {
  return join(__dirname, 'apps', `${script}.js`)
}

/** What a process with an agent is told, and nothing else. */
function environmentOf(agent, more) {
  const { PATH, HOME } = process.env
  return { PATH, HOME, NODE_ENV: 'production', ...more, ...agent.environment }
}

class Served {
  constructor(child, path) {
    this.child = child
    this.path = path
  }

  /** Starts an app of `bench/apps` with an agent. */
  static async start({ script, path, environment = {} }, agent) {
    const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...agent.node, fileOf(script)], {
      env: environmentOf(agent, environment),
      stdio: ['ignore', 'ignore', process.env.BENCH_STDERR ? 'inherit' : 'ignore', 'ipc'],
    })
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [{}])])
    if (first.port === undefined) throw new Error(`${script} does not start with ${agent.name}`)
    const served = new Served(child, path)
    served.origin = `http://127.0.0.1:${first.port}`
    served.port = first.port
    return served
  }

  /** Microseconds of CPU, bytes, and how many requests there were in some seconds at saturation. */
  async saturate(seconds) {
    await this.ask('begin')
    const { requests, failed, perSecond } = await wrk(this.origin + this.path, seconds)
    const { cpu, rss } = await this.ask('end')
    return { requests, failed, perSecond, cpu: cpu / requests, rss }
  }

  async ask(word) {
    this.child.send(word)
    const [answer] = await once(this.child, 'message')
    return answer
  }

  async stop() {
    this.child.kill('SIGKILL')
    await once(this.child, 'exit')
  }
}

async function wrk(url, seconds) {
  const child = spawn('taskset', ['-c', LOAD_CORE, 'wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, url])
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  const requests = Number(/(\d+) requests in/.exec(text)?.[1])
  if (!(requests > 0)) throw new Error(`wrk says: ${text}`)
  const failed = /Non-2xx|Socket errors/.test(text)
  return { requests, failed, perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]) }
}

module.exports = { LOAD_CORE, SERVER_CORE, Served, environmentOf, fileOf }
