import { readFileSync } from 'node:fs'
import type { Viewer } from './viewer.js'

export const MIB = 1_024 * 1_024

/** The most memory that a viewer ever had, in bytes. */
export function mostMemory({ app }: Viewer): number {
  const status = readFileSync(`/proc/${app.child.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024
}

/** For tests that measure it. */
export const onLinux = { skip: process.platform === 'linux' ? false : 'memory is read as Linux tells it' }
