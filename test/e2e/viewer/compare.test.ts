import assert from 'node:assert/strict'
import test from 'node:test'
import { TraceBuilder } from '../../viewer/page/traces/builder.js'
import { open, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()
const [A, B] = ['00000000000000aa', '00000000000000bb']

test('two traces stand side by side, with what is slower, faster, missing and new', async (t) => {
  await hold([traceOf(A, 100, ['read', 'write']), traceOf(B, 150, ['read', 'mail'])])

  const page = await open(t, `/compare/${A}/${B}`)

  assert.deepEqual(await rowsOf(page, 4), [
    'shop GET / 100 ms 150 ms +50 ms +50%',
    'read 20 ms 20 ms 0 µs 0%',
    'mail 20 ms only in B',
    'write 20 ms only in A',
  ])
  assert.equal(await page.locator('.difference.slower').count(), 2)
  const sums = await page.locator('.sums').allInnerTexts()
  assert.match(sums[1] ?? '', /150 ms\s+\+50 ms \+50%\s+3 spans, 1 only here/)
})

test('only what differs in structure can be shown, and the two be swapped', async (t) => {
  await hold([traceOf(A, 100, ['read', 'write']), traceOf(B, 150, ['read'])])
  const page = await open(t, `/compare/${A}/${B}`)
  await rowsOf(page, 3)

  await page.getByRole('checkbox', { name: 'Only what differs in structure' }).check()
  await rowsOf(page, 2)
  await page.getByRole('link', { name: 'Swap' }).click()

  await page.waitForURL(({ pathname }) => pathname === `/compare/${B}/${A}`)
  await page.locator('.pair', { hasText: 'only in B' }).waitFor()
})

test('a bar leads to the span in its trace', async (t) => {
  await hold([traceOf(A, 100, ['read']), traceOf(B, 150, ['read'])])
  const page = await open(t, `/compare/${A}/${B}`)
  await rowsOf(page, 2)

  await page.locator('.pair', { hasText: 'read' }).locator('.side-lane').nth(1).click()

  await page.waitForURL(({ pathname }) => pathname === `/trace/${B}`)
  await page.locator('.details h2', { hasText: 'read' }).waitFor()
})

test('a trace that is missing is named', async (t) => {
  await hold([traceOf(A, 100, ['read'])])

  const page = await open(t, `/compare/${A}/${B}`)

  await page.getByText('There is no such trace here').waitFor()
  assert.equal(await page.locator('.notice code').innerText(), B)
})

function traceOf(id: string, milliseconds: number, calls: readonly string[]) {
  const trace = new TraceBuilder(id, (now - 10_000) * 1_000)
  const parent = trace.span({ service: 'shop', operation: 'GET /', start: 0, duration: milliseconds * 1_000 })
  for (const [index, operation] of calls.entries())
    trace.span({ service: 'shop', operation, start: 10_000 + index * 30_000, duration: 20_000, parent })
  return trace.json()
}

async function rowsOf(page: Page, count: number): Promise<string[]> {
  const rows = page.locator('.virtual .pair')
  await rows.nth(count - 1).waitFor()
  await rows.nth(count).waitFor({ state: 'detached' })
  return (await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())
}
