/** What the tests use of playwright-core, which is only installed where they run. */
export interface BrowserType {
  launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser>
}

export interface Browser {
  newContext(options: {
    viewport: { width: number; height: number }
    colorScheme: 'light' | 'dark'
    permissions?: readonly string[]
  }): Promise<Context>
  close(): Promise<void>
}

export interface Context {
  newPage(): Promise<Page>
  newCDPSession(page: Page): Promise<Session>
  close(): Promise<void>
}

/** Of Chromium's DevTools protocol. */
export interface Session {
  send(method: string, parameters?: object): Promise<unknown>
}

export interface Page {
  context(): Context
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
  readonly mouse: {
    move(x: number, y: number): Promise<void>
    down(): Promise<void>
    up(): Promise<void>
    click(x: number, y: number): Promise<void>
    wheel(x: number, y: number): Promise<void>
  }
  goto(url: string): Promise<unknown>
  addInitScript(script: string): Promise<unknown>
  reload(): Promise<unknown>
  goBack(): Promise<unknown>
  url(): string
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator
  getByRole(role: string, options?: { name?: string | RegExp; exact?: boolean }): Locator
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator
  /** The expression's value, in the page. */
  evaluate(expression: string): Promise<unknown>
  waitForURL(url: (url: URL) => boolean): Promise<void>
  screenshot(options: { path: string }): Promise<unknown>
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void
  on(event: 'pageerror', listener: (error: Error) => void): void
  on(event: 'dialog', listener: (dialog: { message(): string; dismiss(): Promise<void> }) => void): void
  on(event: 'request', listener: (request: { url(): string }) => void): void
}

export interface Locator {
  first(): Locator
  nth(index: number): Locator
  filter(options: { hasText: string | RegExp }): Locator
  locator(selector: string): Locator
  click(): Promise<void>
  dblclick(): Promise<void>
  hover(): Promise<void>
  focus(): Promise<void>
  check(): Promise<void>
  uncheck(): Promise<void>
  fill(text: string): Promise<void>
  selectOption(value: string): Promise<unknown>
  setInputFiles(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>
  count(): Promise<number>
  waitFor(options?: { state: 'attached' | 'detached' | 'visible' | 'hidden' }): Promise<void>
  innerText(): Promise<string>
  allInnerTexts(): Promise<string[]>
  textContent(): Promise<string | null>
  inputValue(): Promise<string>
  getAttribute(name: string): Promise<string | null>
  isChecked(): Promise<boolean>
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>
}
