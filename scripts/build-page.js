// Bundles the viewer's page into dist/viewer/page: index.html, page.js and page.css, and nothing that they would load.
const { buildSync } = require('esbuild')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const page = join(root, 'src', 'viewer', 'page')
const licence = readFileSync(join(root, 'node_modules', 'preact', 'LICENSE'), 'utf8')

buildSync({
  entryPoints: [
    { in: join(page, 'main.tsx'), out: 'page' },
    { in: join(page, 'styles', 'page.css'), out: 'page' },
    { in: join(page, 'index.html'), out: 'index' },
  ],
  loader: { '.html': 'copy' },
  outdir: join(root, 'dist', 'viewer', 'page'),
  bundle: true,
  minify: true,
  target: ['chrome123', 'firefox128', 'safari17.5'],
  // Preact is part of page.js, and its licence wants to be there too.
  banner: { js: `/*\nPreact\n\n${licence}*/` },
  logLevel: 'warning',
})
