import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import type { JaegerTrace } from '../../../src/viewer/page/model/jaeger.js'
import { type FixtureServer, startFixture } from './fixture/server.js'

let fixture: FixtureServer | undefined

/** One viewer for all tests of a file: that of VIEWER_URL, which loses its traces, or a stand-in. */
export function useViewer(): void {
  before(async () => {
    if (process.env.VIEWER_URL === undefined) fixture = await startFixture()
  })
  after(() => fixture?.stop())
}

export function viewerUrl(): string {
  const url = process.env.VIEWER_URL ?? fixture?.url
  assert.ok(url, 'no viewer')
  return url
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
