// The program of Jaeger's all-in-one image, for the tests that need a real one. JAEGER names one that is there already.
const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const VERSION = 'v1.48.0'
const cache = join(__dirname, '..', '.cache', `jaeger-${VERSION}`)

/** Its path. In CI, or if asked with `--build`, it is built with Go; where there is none, says so and ends the process. */
function findJaeger() {
  const program = process.env.JAEGER ?? join(cache, 'all-in-one')
  if (!existsSync(program) && (process.env.CI || process.argv.includes('--build'))) build()
  if (existsSync(program)) return program
  if (process.env.CI) throw new Error(`no Jaeger at ${program}`)

  const { npm_lifecycle_event: script = 'test:jaeger' } = process.env
  console.log(`skipped: no Jaeger here. \`npm run ${script} -- --build\` builds one (with Go, in some minutes);`)
  console.log(`\`JAEGER=/path/to/jaeger-all-in-one npm run ${script}\` uses one that you have.`)
  process.exit()
}

function build() {
  console.log(`building Jaeger ${VERSION}, once`)
  const { status, error } = spawnSync(
    'go',
    ['install', '-ldflags=-s -w', `github.com/jaegertracing/jaeger/cmd/all-in-one@${VERSION}`],
    { stdio: 'inherit', env: { ...process.env, GOBIN: cache, CGO_ENABLED: '0', GOSUMDB: 'off', GOFLAGS: '-mod=mod' } },
  )
  if (status !== 0) throw new Error(`Jaeger cannot be built: ${error?.message ?? `go ended with ${status}`}`)
}

module.exports = { findJaeger }
