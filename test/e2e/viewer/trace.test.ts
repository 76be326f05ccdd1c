import assert from 'node:assert/strict'
import test from 'node:test'
import { TraceBuilder } from '../../viewer/page/traces/builder.js'
import { brokenTrace } from '../../viewer/page/traces/odd.js'
import { open, until, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, send, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()
const ID = '00000000000000ab'
const STACK =
  'RangeError: none left\n    at take (/srv/app/stock.js:3:9)\n    at next (/srv/app/node_modules/router/index.js:2:8)'

test('the waterfall shows each span below its parent, with service, operation, status and duration', async (t) => {
  await hold([order()])

  const page = await open(t, `/trace/${ID}`)

  assert.deepEqual(await rowsOf(page, 4), [
    'shop POST /orders 500 100 ms',
    'SELECT baskets 10 ms',
    'stock POST /reservations 500 60 ms',
    'UPDATE stock 20 ms',
  ])
  assert.match(await page.locator('.trace-header').innerText(), /shop\s+POST \/orders\s+00000000000000ab/)
})

test('the critical path is marked, and can be hidden', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)
  await rowsOf(page, 4)
  assert.equal(await page.locator('.critical').count(), 7)

  await page.getByRole('checkbox', { name: 'Critical path' }).uncheck()

  await page.locator('.critical').first().waitFor({ state: 'detached' })
  assert.equal(new URL(page.url()).search, '?path=off')
})

test("a span's details hold its tags, its process, what it refers to, and the stack of its error line by line", async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)

  await page.getByRole('button', { name: 'stock POST /reservations' }).click()

  const details = page.locator('.details')
  const text = (await details.innerText()).replace(/\s+/g, ' ')
  for (const part of [
    'http.status_code 500',
    'hostname stock-7d4b9',
    'Child of POST /orders',
    'retry 1',
    'Span 0000000000000003',
  ])
    assert.ok(text.includes(part), `no ${part} in ${text}`)
  assert.equal(await details.locator('.failure h3').innerText(), 'RangeError')
  assert.equal((await details.locator('pre').textContent())?.trimEnd(), STACK)
  assert.equal(
    await page.evaluate(`getComputedStyle(document.querySelector('.details pre')).whiteSpaceCollapse`),
    'preserve',
  )
  assert.deepEqual(await details.locator('pre .own').allInnerTexts(), ['    at take (/srv/app/stock.js:3:9)\n'])
  assert.equal(new URL(page.url()).searchParams.get('span'), '0000000000000003')
})

test('ids and values can be copied', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}?span=0000000000000003`)

  await page.getByRole('button', { name: 'Copy trace id' }).click()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), ID)
  await page.getByRole('button', { name: 'Copy span id' }).click()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), '0000000000000003')
  await page.getByRole('button', { name: 'Copy error' }).click()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), STACK)
})

test('a tag leads to the traces that have it', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}?span=0000000000000002`)
  const tag = page.locator('.tags > div', { hasText: 'db.statement' })
  await tag.hover()

  await tag.locator('a').click()

  await page.locator('.trace-row').waitFor()
  assert.equal(
    await page.getByRole('searchbox', { name: 'Search' }).inputValue(),
    'db.statement="SELECT * FROM baskets"',
  )
})

test('a span collapses and expands, and its address keeps that', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)
  await rowsOf(page, 4)

  await page.getByRole('button', { name: 'Collapse 1 span' }).click()
  assert.deepEqual((await rowsOf(page, 3)).at(-1), 'stock POST /reservations +1 500 60 ms')
  await page.reload()
  await rowsOf(page, 3)
  await page.getByRole('button', { name: 'Expand 1 span' }).click()

  await rowsOf(page, 4)
})

test('spans are found by any of their texts', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)

  await page.getByRole('searchbox', { name: 'Find spans' }).fill('update')

  await page.getByText('1 found').waitFor()
  assert.equal(await page.locator('.span-row.faded').count(), 3)
})

test('a range dragged over the ruler is zoomed in to, and out again', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)
  await rowsOf(page, 4)
  const box = await page.locator('.ruler .lane').boundingBox()
  assert.ok(box)

  await page.mouse.move(box.x + box.width * 0.5, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + 10)
  await page.mouse.up()

  await page.getByRole('button', { name: 'Zoom out' }).waitFor()
  const { searchParams } = new URL(page.url())
  assert.ok(Math.abs(Number(searchParams.get('from')) - 50_000) < 500, page.url())
  assert.ok(Math.abs(Number(searchParams.get('to')) - 75_000) < 500, page.url())
  assert.match(await page.locator('.span-row').nth(1).innerText(), /‹/)
  await page.getByRole('button', { name: 'Zoom out' }).click()
  await until(page, `location.search === ''`)
})

test('the flame chart shows the same spans; a click selects one', async (t) => {
  await hold([order()])
  const page = await open(t, `/trace/${ID}`)

  await page.getByRole('link', { name: 'Flame' }).click()
  const box = await page.locator('.flame canvas').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + box.width * 0.5, box.y + 4 + 22 * 1.5)
  await page.locator('.tip', { hasText: 'POST /reservations' }).waitFor()
  await page.mouse.click(box.x + box.width * 0.5, box.y + 4 + 22 * 1.5)

  await page.locator('.details h2', { hasText: 'POST /reservations' }).waitFor()
  assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), { view: 'flame', span: '0000000000000003' })
})

test('the operations are summed up, first where most time went', async (t) => {
  await hold([order()])

  const page = await open(t, `/trace/${ID}?view=operations`)

  await page.locator('.operation-row').nth(4).waitFor()
  const rows = (await page.locator('.operation-row').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())
  assert.equal(rows[1], 'stock POST /reservations 1 1 60 ms 60 ms 40 ms 40%')
})

test('more spans of a trace show up as they come in', async (t) => {
  const [first, ...rest] = order().spans
  assert.ok(first)
  await hold([{ ...order(), spans: [first] }])
  const page = await open(t, `/trace/${ID}`)
  await rowsOf(page, 1)

  await send([{ ...order(), spans: [first, ...rest] }])

  await rowsOf(page, 4)
})

test('a trace that is not there yet shows up as soon as it is', async (t) => {
  await hold([])
  const page = await open(t, `/trace/${ID}`)
  await page.getByText('There is no such trace here').waitFor()

  await send([order()])

  await rowsOf(page, 4)
})

test('what is no id is no trace', async (t) => {
  await hold([])

  const page = await open(t, '/trace/%3Cb%3E')

  await page.getByText('There is no such trace here').waitFor()
  assert.equal(await page.locator('.notice code').innerText(), '<b>')
})

test('clocks that disagree are told, and can be made up for', async (t) => {
  await hold([brokenTrace(now)])
  const page = await open(t, '/trace/b0b0b0b0b0b0b0b0')
  const early = page.locator('.span-row', { hasText: 'GET /early' }).locator('.bar')
  await early.waitFor()
  const before = await early.boundingBox()

  await page.getByRole('link', { name: 'Align' }).click()

  await page.getByText('moved into their parents').waitFor()
  const after = await early.boundingBox()
  assert.ok(before && after && after.x > before.x + 50, `${before?.x} ${after?.x}`)
})

test('spans without parents, in circles and of one id are all there', async (t) => {
  await hold([brokenTrace(now)])

  const page = await open(t, '/trace/b0b0b0b0b0b0b0b0')

  const rows = await rowsOf(page, 8)
  for (const name of ['orphan', 'round 0', 'round 1', 'first', 'second'])
    assert.ok(
      rows.some((row) => row.includes(name)),
      `no ${name} in ${rows}`,
    )
})

test('from a trace, another is picked to compare it with', async (t) => {
  const other = new TraceBuilder('00000000000000cd', (now - 500) * 1_000)
  other.span({ service: 'shop', operation: 'GET /other', start: 0, duration: 5_000 })
  await hold([order(), other.json()])
  const page = await open(t, `/trace/${ID}`)

  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByText('Pick a second trace').waitFor()
  await page.locator('.trace-row', { hasText: 'GET /other' }).locator('input').check()
  await page.locator('.pick-bar a').click()

  await page.waitForURL(({ pathname }) => pathname === `/compare/${ID}/00000000000000cd`)
})

/** A request that failed in a second service. */
function order() {
  const trace = new TraceBuilder(ID, (now - 1_000) * 1_000)
  const failed = { error: true, 'http.status_code': 500 }
  const root = trace.span({
    id: '0000000000000001',
    service: 'shop',
    operation: 'POST /orders',
    start: 0,
    duration: 100_000,
    tags: failed,
  })
  const tags = { 'db.statement': 'SELECT * FROM baskets' }
  trace.span({
    id: '0000000000000002',
    service: 'shop',
    operation: 'SELECT baskets',
    start: 5_000,
    duration: 10_000,
    parent: root,
    tags,
  })
  const retry = { timestamp: (now - 1_000) * 1_000 + 40_000, fields: [{ key: 'retry', type: 'int64', value: 1 }] }
  const logs = [retry, trace.error(80_000, 'RangeError', 'none left', STACK)]
  const stock = { service: 'stock', operation: 'POST /reservations', start: 30_000, duration: 60_000 }
  const reservation = trace.span({ id: '0000000000000003', ...stock, parent: root, tags: failed, logs })
  trace.span({
    id: '0000000000000004',
    service: 'stock',
    operation: 'UPDATE stock',
    start: 50_000,
    duration: 20_000,
    parent: reservation,
  })
  return trace.json()
}

async function rowsOf(page: Page, count: number): Promise<string[]> {
  await page
    .locator('.span-row')
    .nth(count - 1)
    .waitFor()
  await page.locator('.span-row').nth(count).waitFor({ state: 'detached' })
  const rows = await page.locator('.span-row').allInnerTexts()
  return rows.map((row) => row.replace(/\s+/g, ' ').trim())
}
