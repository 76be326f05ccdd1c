// Asks for known weaknesses of the packages that are loaded into apps: `npm run audit`. Fails where there is one; says
// so where nobody answers.
const { spawnSync } = require('node:child_process')

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--omit=optional', '--json'], { encoding: 'utf8' })
const { metadata, vulnerabilities = {}, message } = JSON.parse(stdout)
if (metadata === undefined) console.log(`audit skipped, nobody answers: ${message}`)
else {
  const dangers = Object.values(vulnerabilities).filter(({ severity }) => severity !== 'info')
  for (const { name, severity, via } of dangers)
    console.error(`${name} (${severity}): ${via.map((cause) => cause.title ?? cause).join('; ')}`)
  console.log(`${metadata.dependencies.prod} packages audited, ${dangers.length} with known weaknesses`)
  if (dangers.length > 0) process.exitCode = 1
}
