import assert from 'node:assert/strict'
import test from 'node:test'
import { startApp } from '../../helpers/app.js'
import { TraceBuilder } from '../../viewer/page/traces/builder.js'
import { shopTraces } from '../../viewer/page/traces/shop.js'
import { open, until, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, send, useViewer, viewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()

test('the list shows the newest trace first: when, what, which services, errors, spans, duration', async (t) => {
  await hold([request('1', 60, 'GET /old'), order('2', 5), request('3', 30, 'GET /new')])

  const page = await open(t)

  const rows = await rowsOf(page, 3)
  assert.match(rows[0] ?? '', /^\d\d:\d\d:\d\d\.\d{3} shop POST \/orders stock 1 error 2 80 ms$/)
  assert.match(rows[1] ?? '', /GET \/new/)
  assert.match(rows[2] ?? '', /GET \/old/)
})

test('an empty viewer tells the command to type, and shows the first trace when it comes in', async (t) => {
  await hold([])
  const page = await open(t)
  await page.getByText('node -r tracing/register app.js').waitFor()
  await page.getByRole('button', { name: 'Copy command' }).click()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'node -r tracing/register app.js')

  await send([request('1', 1, 'GET /first')])

  await page.locator('.trace-row', { hasText: 'GET /first' }).waitFor()
})

test('what a real app serves shows up as it is served, and the stack of a failure can be read', async (t) => {
  await hold([])
  const page = await open(t)
  const env = { JAEGER_AGENT_PORT: String(viewer().udpPort), TRACE_SERVICE_NAME: 'real' }
  const app = await startApp(t, 'faults.js', { env })

  await app.get('/users/42')
  await app.get('/broken')

  await page.locator('.trace-row', { hasText: 'GET /users/:id' }).waitFor()
  await page.locator('.trace-row', { hasText: 'GET /broken' }).click()
  await page.getByRole('button', { name: 'real GET /broken' }).click()
  await page.locator('.details pre', { hasText: 'Error: broken' }).waitFor()
})

test('a trace that comes in stands above the others', async (t) => {
  await hold([request('1', 60, 'GET /old')])
  const page = await open(t)
  await rowsOf(page, 1)

  await send([request('2', 1, 'GET /new')])

  const rows = await rowsOf(page, 2)
  assert.match(rows[0] ?? '', /GET \/new/)
})

test('below the pointer nothing moves: new traces wait until they are asked for', async (t) => {
  await hold([request('1', 60, 'GET /old')])
  const page = await open(t)
  await page.locator('.trace-row').hover()

  await send([request('2', 2, 'GET /new'), request('3', 1, 'GET /newer')])
  await page.getByText('Show 2 new traces').waitFor()
  assert.equal((await rowsOf(page, 1)).length, 1)
  await page.getByText('Show 2 new traces').click()

  await rowsOf(page, 3)
})

const searches: readonly [
  what: string,
  act: (page: Page) => Promise<unknown>,
  query: string,
  found: readonly string[],
][] = [
  ['a service', (page) => choose(page, 'Service', 'stock'), 'service=stock', ['POST /orders']],
  ['a word', (page) => type(page, 'Search', 'other'), 'text=other', ['GET /other']],
  ['a trace id', (page) => type(page, 'Search', '0000000000000001'), 'text=0000000000000001', ['GET /users']],
  ['a tag', (page) => type(page, 'Search', 'plan=gold'), 'text=plan%3Dgold', ['GET /users']],
  ['the least duration', (page) => type(page, 'Longer than', '50ms'), 'min=50ms', ['POST /orders']],
  ['the most duration', (page) => type(page, 'Shorter than', '15'), 'max=15', ['GET /other']],
  ['errors', (page) => page.getByRole('checkbox', { name: 'Errors only' }).check(), 'errors=true', ['POST /orders']],
]

for (const [what, act, query, found] of searches) {
  test(`a search by ${what} narrows the list, and its address does the same`, async (t) => {
    await hold([
      request('1', 30, 'GET /users', { plan: 'gold' }),
      order('2', 20),
      request('3', 10, 'GET /other', {}, 10_000),
    ])
    const page = await open(t)
    await rowsOf(page, 3)

    await act(page)

    assert.deepEqual(await operationsOf(page, found.length), found)
    assert.equal(new URL(page.url()).search, `?${query}`)
    await page.reload()
    assert.deepEqual(await operationsOf(page, found.length), found)
    await page.getByRole('button', { name: 'Reset' }).click()
    await rowsOf(page, 3)
  })
}

test('a letter that is typed while the list is being searched is kept', async (t) => {
  await hold([request('1', 1, 'GET /users')])
  const page = await open(t)
  await rowsOf(page, 1)
  await page.evaluate(`window.kept = new Promise((done) => {
    const replaceState = history.replaceState
    history.replaceState = function (...args) {
      history.replaceState = replaceState
      replaceState.apply(this, args)
      const input = document.activeElement
      input.setRangeText('s', input.value.length, input.value.length, 'end')
      input.dispatchEvent(new Event('input', { bubbles: true }))
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(input.value))))
    }
  }), undefined`)

  await page.keyboard.press('/')
  await page.keyboard.type('user')

  assert.equal(await page.evaluate('window.kept'), 'users')
})

test('operations are those of the service that is chosen', async (t) => {
  await hold([order('1', 10), request('2', 5, 'GET /users')])
  const page = await open(t, '/?service=shop')

  await choose(page, 'Operation', 'POST /orders')

  assert.deepEqual(await operationsOf(page, 1), ['POST /orders'])
})

test('what matches nothing says so', async (t) => {
  await hold([request('1', 1, 'GET /users')])

  const page = await open(t, '/?text=nothing-like-it')

  await page.getByText('No trace matches.').waitFor()
})

test('a click on a column orders by it', async (t) => {
  await hold([order('1', 60), request('2', 30, 'GET /users'), request('3', 1, 'GET /other', {}, 500_000)])
  const page = await open(t)

  await page.getByRole('button', { name: 'Duration' }).click()
  assert.deepEqual(await operationsOf(page, 3), ['GET /other', 'POST /orders', 'GET /users'])
  await page.getByRole('button', { name: 'Spans' }).click()

  await until(page, `document.querySelector('.trace-row .operation').textContent === 'POST /orders'`)
})

test('a click on a trace opens it, and back is where one was', async (t) => {
  await hold(shopTraces(300, now))
  const page = await open(t)
  await page.locator('.trace-row').first().waitFor()
  await page.evaluate(`document.querySelector('.traces .virtual').scrollTop = 4000`)
  await until(page, `[...document.querySelectorAll('.trace-row')].length < 80`)
  const row = page.locator('.trace-row').nth(15)
  const text = await row.innerText()

  await row.locator('a').click()
  await page.locator('.span-row').first().waitFor()
  await page.goBack()

  await page.locator('.trace-row').first().waitFor()
  assert.equal(await page.evaluate(`document.querySelector('.traces .virtual').scrollTop`), 4000)
  assert.equal(await page.locator('.trace-row').nth(15).innerText(), text)
})

test('a click on a point of the scatter opens its trace', async (t) => {
  await hold([request('1', 1, 'GET /users')])
  const page = await open(t)
  const plot = await boxOf(page, '.scatter .plot')

  await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2)
  await page.locator('.tip', { hasText: 'GET /users' }).waitFor()
  await page.mouse.click(plot.x + plot.width / 2, plot.y + plot.height / 2)

  await page.waitForURL(({ pathname }) => pathname === '/trace/0000000000000001')
})

test('a range dragged over the scatter narrows the list to it', async (t) => {
  await hold([request('1', 100, 'GET /first'), request('2', 50, 'GET /middle'), request('3', 0, 'GET /last')])
  const page = await open(t)
  const plot = await boxOf(page, '.scatter .plot')

  await page.mouse.move(plot.x + plot.width * 0.4, plot.y + 10)
  await page.mouse.down()
  await page.mouse.move(plot.x + plot.width * 0.6, plot.y + 10)
  await page.mouse.up()

  assert.deepEqual(await operationsOf(page, 1), ['GET /middle'])
  await page.locator('.chip').click()
  await rowsOf(page, 3)
})

test('a file of traces can be opened, and one that is none is refused with a reason', async (t) => {
  await hold([])
  const page = await open(t)
  const input = page.locator('input[type=file]')
  const choose = (text: string) =>
    input.setInputFiles({ name: 'trace.json', mimeType: 'application/json', buffer: Buffer.from(text) })

  await choose(JSON.stringify({ data: [order('7', 5)] }))

  await page.waitForURL(({ pathname }) => pathname === '/trace/0000000000000007')
  await page.locator('.span-row').first().waitFor()
})

test('all traces can be cleared, after a question', async (t) => {
  await hold([order('1', 5)])
  const page = await open(t)
  await rowsOf(page, 1)

  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('button', { name: 'Forget them' }).click()

  await page.getByText('Waiting for the first trace').waitFor()
})

test('the footer counts what was received, dropped and malformed', async (t) => {
  await hold([])
  const page = await open(t)
  await page.locator('.footer', { hasText: /\d\s*received/ }).waitFor()

  await send([order('1', 5)])

  await page.locator('.footer', { hasText: /1\s*trace/ }).waitFor()
  const text = (await page.locator('.footer').innerText()).replace(/\s+/g, ' ')
  assert.match(text, /^1 trace 2 spans [\d,]+ received \d+ dropped \d+ malformed/)
})

/** A request that one service answered, some seconds ago. */
function request(id: string, age: number, operation: string, tags = {}, duration = 20_000) {
  const trace = new TraceBuilder(id.padStart(16, '0'), (now - age * 1_000) * 1_000)
  trace.span({ service: 'shop', operation, start: 0, duration, tags })
  return trace.json()
}

/** One for which it called another, which failed. */
function order(id: string, age: number) {
  const trace = new TraceBuilder(id.padStart(16, '0'), (now - age * 1_000) * 1_000)
  const root = trace.span({ service: 'shop', operation: 'POST /orders', start: 0, duration: 80_000 })
  trace.span({
    service: 'stock',
    operation: 'GET /stock',
    start: 5_000,
    duration: 60_000,
    parent: root,
    tags: { error: true },
  })
  return trace.json()
}

async function rowsOf(page: Page, count: number): Promise<string[]> {
  await until(page, `document.querySelectorAll('.trace-row').length === ${count}`)
  const texts = await page.locator('.trace-row').allInnerTexts()
  return texts.map((text) => text.replace(/\s+/g, ' ').trim())
}

async function operationsOf(page: Page, count: number): Promise<string[]> {
  await rowsOf(page, count)
  return page.locator('.trace-row .operation').allInnerTexts()
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.locator(`select[aria-label="${label}"] option`, { hasText: name }).waitFor({ state: 'attached' })
  await page.locator(`select[aria-label="${label}"]`).selectOption(name)
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: label }).fill(text)
}

async function boxOf(page: Page, selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
  await page.locator(selector).waitFor({ state: 'attached' })
  const box = await page.locator(selector).boundingBox()
  assert.ok(box)
  return box
}
