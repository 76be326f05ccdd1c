// Runs the compiled tests: all but those with a command of their own, or those whose path contains one of the arguments.
// NODE names another Node to run them, and so the apps that they start, on.
const { spawnSync } = require('node:child_process')
const { readdirSync } = require('node:fs')
const { join, relative } = require('node:path')

const root = join(__dirname, '..')
const wanted = process.argv.slice(2)
const withOwnCommand = /[\\/](e2e|leaks|model)[\\/]/

const files = filesIn(join(root, 'dist', 'test')).filter((file) =>
  wanted.length === 0 ? !withOwnCommand.test(file) : wanted.some((part) => file.includes(part)),
)
// What failed is told once more at the end, on every Node alike.
const { status } = spawnSync(process.env.NODE ?? process.execPath, ['--test', '--test-reporter=spec', ...files], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = files.length === 0 ? 1 : (status ?? 1)

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(file)
    return entry.name.endsWith('.test.js') ? [relative(root, file)] : []
  })
}
