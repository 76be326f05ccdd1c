import assert from 'node:assert/strict'
import test from 'node:test'
import { TraceBuilder } from '../../viewer/page/traces/builder.js'
import { shopTraces } from '../../viewer/page/traces/shop.js'
import { open, useBrowser } from './browser.js'
import { hold, send, useViewer } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()

test('services stand in a graph, callers left of those they call, with how many calls there were and failed', async (t) => {
  await hold(shopTraces(80, now))

  const page = await open(t, '/services')

  const left = async (service: string) =>
    (await page.locator('.node', { hasText: new RegExp(`^${service}`) }).boundingBox())?.x ?? Number.NaN
  await page.locator('.node').nth(5).waitFor()
  const [front, checkout, payments] = [await left('storefront'), await left('checkout'), await left('payments')]
  assert.ok(front < checkout && checkout < payments, `${front} ${checkout} ${payments}`)
  const calls = (from: string, to: string) =>
    page.locator('.calls tr', { hasText: new RegExp(`${from}\\s*${to}`) }).innerText()
  assert.match(await calls('storefront', 'pricing'), /\s\d+\s+0\s+0%/)
  assert.match(await calls('checkout', 'payments'), /\s\d+\s+[1-9]\d*\s+[\d.]+%/)
  assert.match(await page.locator('.node', { hasText: /^payments/ }).innerText(), /calls [\d.]+% errors/)
})

test('a click on a service lists its traces', async (t) => {
  await hold(shopTraces(80, now))
  const page = await open(t, '/services')

  await page.locator('.node', { hasText: 'payments' }).click()

  await page.waitForURL(({ pathname, search }) => pathname === '/' && search === '?service=payments')
  await page.locator('.trace-row', { hasText: 'POST /orders' }).first().waitFor()
})

test('a new service shows up as its first trace comes in', async (t) => {
  await hold([])
  const page = await open(t, '/services')
  await page.getByText('No service yet').waitFor()

  const trace = new TraceBuilder('00000000000000aa', now * 1_000)
  trace.span({ service: 'newcomer', operation: 'GET /', start: 0, duration: 1_000 })
  await send([trace.json()])

  await page.locator('.node', { hasText: 'newcomer' }).waitFor()
})
