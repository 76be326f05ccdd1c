import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { largeTrace } from '../../viewer/page/traces/odd.js'
import { shopTraces } from '../../viewer/page/traces/shop.js'
import { open, until, useBrowser } from './browser.js'
import type { Page } from './playwright.js'
import { hold, send, useViewer, viewerUrl } from './viewer.js'

useViewer()
useBrowser()
const now = Date.now()
const LARGE = '5000500050005000'

/** Milliseconds of work, for anything. What is aimed at is a tenth of it: slow machines are no reason to fail. */
const MOST = 1_000

test('10,000 traces are listed, searched and scrolled without delay', async (t) => {
  await hold([])
  const traces = shopTraces(9_998, now - 60_000, 7_200)
  for (let at = 0; at < traces.length; at += 1_000) await send(traces.slice(at, at + 1_000))
  const page = await load(t, 'list', '/', '.trace-row')

  await measure(page, 'list: next trace (j)', () => page.keyboard.press('j'), 5)
  await measure(page, 'list: open the search (/)', () => page.keyboard.press('/'))
  await measure(page, 'list: type a letter', () => page.keyboard.press('o'), 3)
  await until(page, `location.search === '?text=ooo'`)
  await measure(page, 'list: leave it (Escape)', () => page.keyboard.press('Escape'))
  await page.locator('.trace-row').first().waitFor()
  await measure(page, 'list: order by duration', () => page.getByRole('button', { name: 'Duration' }).click())
  await measure(page, 'list: move over the scatter', () => page.mouse.move(700, 150), 5)
  await page.mouse.move(700, 600)
  await measureFrames(page, 'list: scroll', () => page.mouse.wheel(0, 900))
  await page.mouse.move(700, 70)
  await measureFrames(page, 'list: traces come in', () => send(shopTraces(5, Date.now(), 1)))
})

test('a trace of 5,000 spans is shown, walked, zoomed and found in without delay', async (t) => {
  await hold([largeTrace(now, 5_000)])
  const page = await load(t, 'trace', `/trace/${LARGE}`, '.span-row')

  await measure(page, 'trace: next span (j)', () => page.keyboard.press('j'), 5)
  await measure(page, 'trace: next error (n)', () => page.keyboard.press('n'), 3)
  await measure(page, 'trace: collapse (←)', () => page.keyboard.press('ArrowLeft'), 4)
  await measure(page, 'trace: expand (→)', () => page.keyboard.press('ArrowRight'))
  await measure(page, 'trace: zoom (z)', () => page.keyboard.press('z'))
  await measure(page, 'trace: find (/)', () => page.keyboard.press('/'))
  await measure(page, 'trace: type a letter', () => page.keyboard.press('2'), 3)
  for (let count = 0; count < 2; count++) await page.keyboard.press('Escape')
  await measure(page, 'trace: flame chart (2)', () => page.keyboard.press('2'))
  await measure(page, 'trace: move over the flame chart', () => page.mouse.move(700, 400), 5)
  await measure(page, 'trace: operations (3)', () => page.keyboard.press('3'))
  await measure(page, 'trace: waterfall (1)', () => page.keyboard.press('1'))
  await page.mouse.move(300, 600)
  await measureFrames(page, 'trace: scroll', () => page.mouse.wheel(0, 900))
})

test('two traces of 5,000 spans are compared without delay', async (t) => {
  await hold([largeTrace(now, 5_000), largeTrace(now, 4_900, '4900490049004900')])

  const page = await load(t, 'comparison', `/compare/${LARGE}/4900490049004900`, '.virtual .pair')

  await measure(page, 'comparison: next span (j)', () => page.keyboard.press('j'), 5)
  await measure(page, 'comparison: only what differs (d)', () => page.keyboard.press('d'))
})

/** Opens an address and reports when the first of these elements was there. */
async function load(t: TestContext, what: string, path: string, selector: string): Promise<Page> {
  const page = await open(t, '/nowhere')
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (document.querySelector('${selector}') === null) return
    observer.disconnect()
    requestAnimationFrame(() => requestAnimationFrame((time) => { window.loaded = time }))
  }).observe(document, { childList: true, subtree: true })`)
  const work = await workOf(page)
  await page.goto(viewerUrl() + path)
  await until(page, 'window.loaded !== undefined')
  report(`${what}: open`, Number(await page.evaluate('window.loaded')), await work())
  return page
}

/** Reports the longest time from an input to the frame that shows what came of it. */
async function measure(page: Page, what: string, act: () => Promise<void>, count = 1): Promise<void> {
  let [longest, most] = [0, 0]
  for (let index = 0; index < count; index++) {
    await page.evaluate(`window.shown = new Promise((done) => {
      const inputs = ['keydown', 'pointerdown', 'pointermove']
      const begin = ({ timeStamp }) => {
        for (const type of inputs) removeEventListener(type, begin, true)
        requestAnimationFrame(() => requestAnimationFrame((time) => done(time - timeStamp)))
      }
      for (const type of inputs) addEventListener(type, begin, true)
    }), undefined`)
    const work = await workOf(page)
    await act()
    longest = Math.max(longest, Number(await page.evaluate('window.shown')))
    most = Math.max(most, await work())
  }
  report(what, longest, most)
}

/** Reports the longest time between two frames while something is done ten times. */
async function measureFrames(page: Page, what: string, act: () => Promise<void>): Promise<void> {
  await page.evaluate(`window.times = [], void (function frame(time) {
    window.times.push(time)
    window.next = requestAnimationFrame(frame)
  })(performance.now())`)
  const work = await workOf(page)
  for (let count = 0; count < 10; count++) await act()
  const longest = await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    cancelAnimationFrame(window.next)
    done(Math.max(...window.times.slice(1).map((time, index) => time - window.times[index])))
  })))`)
  report(`${what}, longest frame, and the work of ten times`, Number(longest), await work())
}

/** Begins to count the processor's time that the page's main thread takes, which others on the machine do not change. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const now = async () => {
    const { metrics }: Metrics = Object(await session.send('Performance.getMetrics'))
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000
  }
  const before = await now()
  return async () => (await now()) - before
}

function report(what: string, milliseconds: number, work: number): void {
  console.log(`${milliseconds.toFixed(0).padStart(5)} ms, of which work ${work.toFixed(0).padStart(4)} ms  ${what}`)
  assert.ok(work < MOST, `${what}: ${work} ms`)
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}
