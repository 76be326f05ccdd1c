// Bundles what Node loads into few files of dist, since Node takes longer to find a file than to read it: what is
// preloaded, the agent, its tracers, the command and the viewer. esbuild starts from the sources: from what tsc makes of
// them, a file is a fifth larger, and takes longer to load.
const { build } = require('esbuild')
const { writeFileSync } = require('node:fs')
const { join, sep } = require('node:path')

const root = join(__dirname, '..')
const src = join(root, 'src')

main()

async function main() {
  await Promise.all([
    bundle('preload', 'agent/preload.ts', [file('agent', () => true, /^\.\/agent\.js$/)]),
    bundle('agent', 'agent/agent.ts', [file('tracers', () => true, /^\.\/tracers\/index\.js$/)]),
    // Its context and its log are those of the agent, which exports what is used here.
    bundle('tracers', 'agent/tracers/index.ts', [file('agent', isAgents, /^\.\.?\//)]),
    bundle('cli', 'cli/index.ts'),
    bundle('viewer', 'viewer/index.ts'),
  ])
}

async function bundle(name, entry, plugins = []) {
  const { outputFiles } = await build({
    entryPoints: { [name]: join(src, entry) },
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node18',
    packages: 'external',
    plugins,
    write: false,
    logLevel: 'warning',
  })
  for (const { path, text } of outputFiles)
    writeFileSync(path, withOwnNamesAlone(text), { mode: text.startsWith('#!') ? 0o755 : 0o644 })
}

/** The imports that `filter` and `isThere` choose come from another file of dist, and are left to Node. */
function file(name, isThere, filter) {
  return {
    name,
    setup({ onResolve }) {
      onResolve({ filter }, ({ path, resolveDir, kind }) =>
        kind !== 'entry-point' && isThere(join(resolveDir, path))
          ? { path: `./${name}.js`, external: true }
          : undefined,
      )
    },
  }
}

/** Of what tracers import, all that is not theirs alone. */
function isAgents(path) {
  return !['tracers', 'propagation'].some((folder) => path.startsWith(join(src, 'agent', folder) + sep))
}

/** esbuild takes inherited names for exports too, and would fail where the app has added to `Object.prototype`. */
function withOwnNamesAlone(text) {
  return text.replace('for (var name in all)', 'for (var name of Object.keys(all))')
}
