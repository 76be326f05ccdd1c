import { spawn } from 'node:child_process'

/** What opens an address, on each system. */
const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens an address in the system's browser. Says so on stderr where there is none. */
export function openBrowser(address: string): void {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open']
  const browser = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
  browser.on('error', () => console.error('tracing: no browser can be opened; open %s yourself', address))
  browser.unref()
}
