import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, type TestContext } from 'node:test'
import { root } from '../../helpers/app.js'
import type { Browser, BrowserType, Page } from './playwright.js'
import { viewerUrl } from './viewer.js'

export interface Options {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
}

const DEADLINE = 20_000

let browser: Browser | undefined

/** One browser for all tests of a file. */
export function useBrowser(): void {
  before(async () => {
    const { CHROMIUM: executablePath } = process.env
    assert.ok(executablePath, 'CHROMIUM names no browser: `npm run test:viewer` finds one')
    const installed = join(root, 'test', 'e2e', 'viewer', 'node_modules', 'playwright-core')
    const { chromium }: { chromium: BrowserType } = require(installed)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  after(() => browser?.close())
}

/**
 * Opens an address of the viewer, for as long as the test runs. The test fails if the page reports an error, shows a
 * dialog, or asks any other server for anything.
 */
export async function open(t: TestContext, path = '/', options: Options = {}): Promise<Page> {
  const { width = 1440, height = 900, theme = 'light' } = options
  assert.ok(browser, 'no browser')
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && isNews(message.text())) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error.stack)))
  page.on('request', (request) => {
    if (!isOwn(request.url())) problems.push(`a request to ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`)
    dialog.dismiss()
  })
  t.after(async () => {
    await context.close()
    assert.deepEqual(problems, [])
  })
  await page.goto(viewerUrl() + path)
  return page
}

/** Waits until an expression is true in the page, which is looked at before each frame. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((done, fail) => {
    const start = performance.now()
    const look = () => {
      if (${expression}) done()
      else if (performance.now() - start > ${DEADLINE}) fail(new Error(${JSON.stringify(`never: ${expression}`)}))
      else requestAnimationFrame(look)
    }
    look()
  })`)
}

/** A trace that is not there is an answer too; the browser reports it all the same. */
function isNews(text: string): boolean {
  return !/status of 40[04]/.test(text)
}

function isOwn(url: string): boolean {
  return url.startsWith(viewerUrl()) || url.startsWith('data:')
}
