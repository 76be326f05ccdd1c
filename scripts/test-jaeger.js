// Runs the tests that need a real Jaeger: finds or builds its all-in-one image's program, and starts it for them.
// JAEGER names one that is there already. Without Go, or outside CI unless asked with `--build`, the tests are skipped.
const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const VERSION = 'v1.48.0'
const cache = join(__dirname, '..', '.cache', `jaeger-${VERSION}`)
const program = process.env.JAEGER ?? join(cache, 'all-in-one')

if (!existsSync(program) && (process.env.CI || process.argv.includes('--build'))) build()
if (existsSync(program)) {
  const env = { ...process.env, JAEGER: program }
  const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), 'e2e/jaeger'], { stdio: 'inherit', env })
  process.exitCode = status ?? 1
} else {
  console.log('skipped: no Jaeger here. `npm run test:jaeger -- --build` builds one (with Go, in some minutes);')
  console.log('`JAEGER=/path/to/jaeger-all-in-one npm run test:jaeger` uses one that you have.')
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
