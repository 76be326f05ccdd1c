import assert from 'node:assert/strict'
import test from 'node:test'
import { TraceBuilder } from '../../viewer/page/traces/builder.js'
import { open, until, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()

test('j and k go through the list, Enter opens, Escape comes back to where one was', async (t) => {
  await hold([chain('1', 30), chain('2', 20), chain('3', 10)])
  const page = await open(t)
  await page.locator('.trace-row').nth(2).waitFor()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await focusIs(page, 'GET /2')
  await page.keyboard.press('Enter')
  await page.waitForURL(({ pathname }) => pathname === '/trace/0000000000000002')
  await page.locator('.span-row').first().waitFor()
  await page.keyboard.press('Escape')

  await page.waitForURL(({ pathname }) => pathname === '/')
  await focusIs(page, 'GET /2')
})

test('the list ends where it ends', async (t) => {
  await hold([chain('1', 30), chain('2', 20)])
  const page = await open(t)
  await page.locator('.trace-row').nth(1).waitFor()

  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await focusIs(page, 'GET /1')
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key)

  await focusIs(page, 'GET /2')
})

test('/ goes to the search, Escape empties it and leaves it, and what is typed is no command', async (t) => {
  await hold([chain('1', 30), chain('2', 20)])
  const page = await open(t)
  await page.locator('.trace-row').nth(1).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('jkex?1')
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), 'jkex?1')
  await page.getByText('No trace matches.').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.trace-row').nth(1).waitFor()
  await page.keyboard.press('Escape')

  await until(page, `document.activeElement === document.body`)
  assert.equal(new URL(page.url()).search, '')
})

test('x picks, c compares', async (t) => {
  await hold([chain('1', 30), chain('2', 20)])
  const page = await open(t)
  await page.locator('.trace-row').nth(1).waitFor()

  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await page.locator('.pick-bar a').waitFor()
  await page.keyboard.press('c')

  await page.waitForURL(({ pathname }) => pathname === '/compare/0000000000000002/0000000000000001')
})

test('in a trace, arrows go through the spans, collapse and expand them', async (t) => {
  await hold([chain('1', 30)])
  const page = await open(t, '/trace/0000000000000001')
  await page.locator('.span-row').nth(2).waitFor()

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await selectedIs(page, 'middle')
  await page.keyboard.press('ArrowLeft')
  await page.locator('.span-row').nth(2).waitFor({ state: 'detached' })
  await page.keyboard.press('ArrowLeft')
  await selectedIs(page, 'GET /1')
  await page.keyboard.press('ArrowRight')
  await selectedIs(page, 'middle')
  await page.keyboard.press('Enter')
  await page.locator('.span-row').nth(2).waitFor()
  await page.keyboard.press('Enter')

  await selectedIs(page, 'leaf')
})

test('n goes to the next error and opens what hides it; 1, 2 and 3 change the view', async (t) => {
  await hold([chain('1', 30)])
  const page = await open(t, '/trace/0000000000000001?closed=dddddddddddddddd')
  await page.locator('.span-row').nth(1).waitFor()

  await page.keyboard.press('n')
  await selectedIs(page, 'leaf')
  await page.keyboard.press('2')
  await page.locator('.flame canvas').waitFor()
  await page.keyboard.press('3')
  await page.locator('.operation-row').first().waitFor()
  await page.keyboard.press('1')

  await selectedIs(page, 'leaf')
})

test('z zooms in to the span; Escape goes back one step after the other', async (t) => {
  await hold([chain('1', 30)])
  const page = await open(t, '/trace/0000000000000001?span=dddddddddddddddd')
  await selectedIs(page, 'middle')

  await page.keyboard.press('z')
  await page.getByRole('button', { name: 'Zoom out' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.details').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Zoom out' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')

  await page.locator('.trace-row').waitFor()
})

test('? shows the keys of where one is, and closes again', async (t) => {
  await hold([chain('1', 30)])
  const page = await open(t)
  await page.locator('.trace-row').waitFor()

  await page.keyboard.press('?')
  await page.locator('.dialog.keys', { hasText: 'Pick it for a comparison' }).waitFor()
  await page.keyboard.press('j')
  assert.equal(await page.locator('.trace-row a:focus').count(), 0)
  await page.keyboard.press('?')

  await page.locator('.dialog.keys').waitFor({ state: 'hidden' })
})

test('all can be reached with Tab, and what has the focus can be seen', async (t) => {
  await hold([chain('1', 30)])
  const page = await open(t)
  await page.locator('.trace-row').waitFor()
  const reached = new Set<unknown>()

  for (let count = 0; count < 25; count++) {
    await page.keyboard.press('Tab')
    reached.add(
      await page.evaluate(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText`),
    )
    const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)
    const where = await page.evaluate(`document.activeElement.outerHTML.slice(0, 80)`)
    assert.ok(outline !== 'none' || String(where).startsWith('<body'), `no outline on ${where}`)
  }

  for (const name of ['Services', 'Search', 'Service', 'Longer than', 'Duration', 'Clear'])
    assert.ok(reached.has(name), `${name} is not among ${[...reached]}`)
})

/** Three spans, one below the other, the last of them an error. */
function chain(id: string, age: number) {
  const trace = new TraceBuilder(id.padStart(16, '0'), (now - age * 1_000) * 1_000)
  const root = trace.span({
    id: 'eeeeeeeeeeeeeeee',
    service: 'shop',
    operation: `GET /${id}`,
    start: 0,
    duration: 90_000,
  })
  const middle = trace.span({
    id: 'dddddddddddddddd',
    service: 'shop',
    operation: 'middle',
    start: 10_000,
    duration: 50_000,
    parent: root,
  })
  const tags = { error: true }
  trace.span({
    id: 'ffffffffffffffff',
    service: 'shop',
    operation: 'leaf',
    start: 20_000,
    duration: 10_000,
    parent: middle,
    tags,
  })
  return trace.json()
}

async function focusIs(page: Page, text: string): Promise<void> {
  await until(page, `document.activeElement.closest('.trace-row a')?.innerText.includes(${JSON.stringify(text)})`)
}

async function selectedIs(page: Page, operation: string): Promise<void> {
  await page.locator('.span-row.selected', { hasText: operation }).waitFor()
  await page.locator('.details h2', { hasText: operation }).waitFor()
}
