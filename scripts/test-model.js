// Runs the test of the model: `npm run test:model -- --programs 50000`, `-- --seed 7 --programs 1`, `-- --program '<json>'`.
// NODE names another Node to run it on.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { parseArgs } = require('node:util')

const { values } = parseArgs({
  options: { programs: { type: 'string' }, seed: { type: 'string' }, program: { type: 'string' } },
})
const env = { ...process.env }
for (const [name, value] of Object.entries(values)) env[`MODEL_${name.toUpperCase()}`] = value
const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), 'model/model'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
