import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { root } from '../../helpers/app.js'
import { brokenTrace } from '../../viewer/page/traces/odd.js'
import { shopTraces } from '../../viewer/page/traces/shop.js'
import { open, useBrowser } from './browser.js'
import { hold, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()
const contrast = readFileSync(join(root, 'test', 'e2e', 'viewer', 'contrast.js'), 'utf8')
const traces = [...shopTraces(60, now), brokenTrace(now)]
const failed = traces.find(({ spans }) => spans.some(({ logs }) => logs?.length))
const whole = traces.find(({ spans }) => spans.length > 14)
assert.ok(failed && whole)
const failing = failed.spans.find(({ logs }) => logs?.length)
const first = '.trace-row, .span-row, .flame canvas, .operation-row, .node, .pair'
const paths = {
  'the list': '/',
  'a trace': `/trace/${failed.traceID}?span=${failing?.spanID}`,
  'a broken trace': '/trace/b0b0b0b0b0b0b0b0?span=0000000000000002',
  'the flame chart': `/trace/${whole.traceID}?view=flame`,
  'the operations': `/trace/${whole.traceID}?view=operations`,
  'the services': '/services',
  'a comparison': `/compare/${whole.traceID}/${failed.traceID}`,
}

for (const theme of ['light', 'dark'] as const) {
  for (const [name, path] of Object.entries(paths)) {
    test(`${name} can be read in the ${theme} theme, and fits into 1440 and 400 pixels`, async (t) => {
      await hold(traces)

      for (const width of [1440, 400]) {
        const page = await open(t, path, { width, height: 800, theme })
        await page.locator(first).first().waitFor()
        assert.deepEqual(await page.evaluate(contrast), [], `at ${width} pixels`)
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(overflow) <= 0, `${path} is wider than ${width} pixels, by ${overflow}`)
      }
    })
  }
}

test('an empty viewer can be read in both themes, at both widths', async (t) => {
  await hold([])

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 400]) {
      const page = await open(t, '/', { width, theme })
      await page.getByText('Waiting for the first trace').waitFor()
      assert.deepEqual(await page.evaluate(contrast), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
    }
  }
})

test('the theme is that of the system until someone chooses, and the choice is kept', async (t) => {
  await hold(traces)
  const page = await open(t, '/', { theme: 'dark' })
  const background = () => page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`)
  await page.locator('.trace-row').first().waitFor()
  assert.equal(await background(), 'rgb(19, 19, 22)')

  await page.getByRole('button', { name: 'Theme: auto' }).click()
  assert.equal(await background(), 'rgb(255, 255, 255)')
  await page.reload()

  await page.getByRole('button', { name: 'Theme: light' }).waitFor()
  assert.equal(await background(), 'rgb(255, 255, 255)')
})

test('a service has one colour, on whichever page it is seen', async (t) => {
  await hold(traces)
  const colours = new Set<unknown>()

  for (const path of ['/', `/trace/${whole.traceID}`, '/services']) {
    const page = await open(t, path)
    await page.locator('.service', { hasText: 'storefront' }).first().waitFor()
    colours.add(
      await page.evaluate(`[...document.querySelectorAll('.service')].find(({ title }) => title === 'storefront')
        .querySelector('.swatch').style.backgroundColor`),
    )
  }

  assert.equal(colours.size, 1)
})
