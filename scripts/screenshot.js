// Takes the picture of the viewer that README.md shows: an order at a shop whose payment was declined.
const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { findChromium } = require('./chromium.js')
const { smallPng } = require('./small-png.js')

const root = join(__dirname, '..')
const picture = join(root, 'docs', 'viewer.png')
const MOST_BYTES = 200_000

async function main() {
  const executablePath = findChromium()
  const { chromium } = require(join(root, 'test', 'e2e', 'viewer', 'node_modules', 'playwright-core'))
  const { startViewer } = require(join(root, 'dist', 'test', 'viewer', 'viewer.js'))
  const { shopTraces } = require(join(root, 'dist', 'test', 'viewer', 'page', 'traces', 'shop.js'))

  const ends = []
  const viewer = await startViewer({ after: (end) => ends.push(end) })
  const { origin } = viewer.page
  const traces = shopTraces(240, Date.now())
  await fetch(`${origin}/api/traces`, { method: 'POST', body: JSON.stringify({ data: traces }) })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await browser.newPage({
    viewport: { width: 1280, height: 720 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
  })

  const { traceID, span } = lastFailure(traces)
  await page.goto(`${origin}/trace/${traceID}?span=${span.spanID}`)
  await page.locator('.details pre').waitFor()
  await page.locator('.footer', { hasText: /\d\s*received/ }).waitFor()
  // Without the frame around what has the focus.
  await page.locator('.details h2').click()
  const png = smallPng(await page.screenshot())
  await browser.close()
  for (const end of ends) end()

  if (png.length > MOST_BYTES)
    throw new Error(`the picture has ${png.length} bytes, and should have ${MOST_BYTES} at most`)
  writeFileSync(picture, png)
  console.log(`docs/viewer.png: ${png.length} bytes`)
}

/** The last trace with an error that was logged, and the span that did. */
function lastFailure(traces) {
  const failures = traces.flatMap(({ traceID, spans }) => {
    const span = spans.find(({ logs }) => logs.length > 0)
    return span === undefined ? [] : [{ traceID, span }]
  })
  return failures.at(-1)
}

main()
