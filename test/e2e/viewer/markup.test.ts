import assert from 'node:assert/strict'
import test from 'node:test'
import { attacks, attackTrace, longTrace } from '../../viewer/page/traces/odd.js'
import { open, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()
const ID = 'a77ac4a77ac4a77a'

// That no dialog opens, nothing fails and no other server is asked is what `open` sees to, for every test.

test('in the list, no text of a span becomes markup', async (t) => {
  await hold([attackTrace(now)])

  const page = await open(t)

  await page.locator('.trace-row', { hasText: '<img src=https://evil.example/x onerror=alert(1)>' }).waitFor()
  await page.locator('.trace-row').hover()
  await isInert(page)
})

test('in a trace and in the details of each of its spans, no text becomes markup', async (t) => {
  await hold([attackTrace(now)])
  const page = await open(t, `/trace/${ID}`)

  for (const [index, attack] of attacks.entries()) {
    await page
      .locator('.span-row .name')
      .nth(index + 1)
      .click()
    await page.locator('.details h2', { hasText: attack }).waitFor()
    const text = (await page.locator('.details').textContent()) ?? ''
    // Service, operation, key and value of a tag, its url and status, kind, message and stack of the error, log, warning.
    assert.ok(text.split(attack).length > 10, `${attack} is not everywhere: ${text}`)
  }

  await isInert(page)
})

for (const view of ['flame', 'operations']) {
  test(`in the view of ${view}, no text becomes markup`, async (t) => {
    await hold([attackTrace(now)])
    const page = await open(t, `/trace/${ID}?view=${view}`)

    await page
      .locator(view === 'flame' ? '.flame canvas' : '.operation-row')
      .first()
      .waitFor()
    await page.mouse.move(700, 300)

    await isInert(page)
  })
}

test('in the graph of services and in a comparison, no text becomes markup', async (t) => {
  await hold([attackTrace(now), attackTrace(now, 'b77ac4a77ac4a77a')])

  const graph = await open(t, '/services')
  await graph
    .locator('.node')
    .nth(attacks.length - 1)
    .waitFor()
  await isInert(graph)
  const comparison = await open(t, `/compare/${ID}/b77ac4a77ac4a77a`)
  await comparison.locator('.pair').nth(attacks.length).waitFor()
  await isInert(comparison)
})

test('what the address says becomes no markup either', async (t) => {
  await hold([attackTrace(now)])
  const attack = encodeURIComponent(attacks[1] ?? '')

  for (const path of [
    `/?service=${attack}&operation=${attack}&text=${attack}&min=${attack}&start=${attack}&pick=${attack},${attack}`,
    `/trace/${attack}?span=${attack}`,
    `/compare/${attack}/${attack}`,
  ]) {
    const page = await open(t, path)
    await page.locator('main').waitFor()
    await isInert(page)
  }
})

test('a value that is a link is no link', async (t) => {
  await hold([attackTrace(now)])

  const page = await open(t, `/trace/${ID}?span=0000000000000002`)

  await page.locator('.details').waitFor()
  const foreign = await page.evaluate(`[...document.links].filter(({ origin }) => origin !== location.origin).length`)
  assert.equal(foreign, 0)
})

for (const width of [1440, 400]) {
  test(`absurdly long names break nothing at ${width} pixels`, async (t) => {
    await hold([longTrace(now)])

    for (const path of [
      '/',
      '/trace/10109a11e1010e11?span=0000000000000005',
      '/trace/10109a11e1010e11?span=0000000000000001',
      '/trace/10109a11e1010e11?view=operations',
      '/services',
      '/compare/10109a11e1010e11/10109a11e1010e11',
    ]) {
      const page = await open(t, path, { width })
      await page.locator('.trace-row, .span-row, .operation-row, .node, .pair').first().waitFor()
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.ok(Number(overflow) <= 0, `${path} is wider than the window by ${overflow}`)
    }
  })
}

/** Nothing came to be that the page does not make itself. */
async function isInert(page: Page): Promise<void> {
  const found = await page.evaluate(
    `document.querySelectorAll('body script, img, iframe, [onerror], [onload], [srcdoc], [style*=evil]').length`,
  )
  assert.equal(found, 0)
}
