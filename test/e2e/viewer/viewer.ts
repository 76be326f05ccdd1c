import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { JaegerTrace } from '../../../src/viewer/page/model/jaeger.js'
import { startViewer, type Viewer } from '../../viewer/viewer.js'

let running: Viewer | undefined

/** One viewer for all tests of a file. */
export function useViewer(): void {
  const ends: (() => void)[] = []
  before(async () => {
    running = await startViewer({ after: (end) => ends.push(end) })
  })
  after(() => {
    for (const end of ends) end()
  })
}

export function viewer(): Viewer {
  assert.ok(running, 'no viewer')
  return running
}

export function viewerUrl(): string {
  return viewer().page.origin
}

/** Lets the viewer hold these traces, and no others. */
export async function hold(traces: readonly JaegerTrace[]): Promise<void> {
  await fetch(`${viewerUrl()}/api/traces`, { method: 'DELETE' })
  if (traces.length > 0) await send(traces)
}

/** Hands the viewer more of them. */
export async function send(traces: readonly JaegerTrace[]): Promise<void> {
  const response = await fetch(`${viewerUrl()}/api/traces`, { method: 'POST', body: JSON.stringify({ data: traces }) })
  assert.equal(response.status, 200, await response.text())
}
