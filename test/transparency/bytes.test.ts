import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/app.js'
import type { Collector } from '../helpers/collector.js'
import { type Play, Player } from './bytes/player.js'
import { streamsOf } from './bytes/streams/index.js'

const folder = join(root, 'test', 'transparency', 'bytes', 'apps')
const apps = readdirSync(folder).map((file) => {
  const app = basename(file, '.js')
  return { app, file: join(folder, file), streams: streamsOf(app) }
})

for (const { app, file, streams } of apps) {
  test(`${app}: ${streams.length} streams have the bytes, closes and events that they have without the agent`, async (t) => {
    const plain = await Player.start(t, file, { node: [] })
    const traced = await Player.start(t, file, { env: { JAEGER_REPORTER_FLUSH_INTERVAL: '1' } })

    for (const [stream, steps] of streams) {
      const [expected, actual] = await Promise.all([plain.play(steps), traced.play(steps)])
      assert.deepEqual({ stream, ...actual }, { stream, ...expected })
      assert.deepEqual(
        { stream, spans: await spansOf(actual, traced.app.collector) },
        { stream, spans: requests(actual) },
      )
    }
    assert.equal(traced.app.stderr, '')
  })
}

test('there are more than four hundred plays, on more than twelve apps', () => {
  const plays = apps.flatMap(({ streams }) => streams)

  assert.ok(apps.length > 12)
  assert.ok(plays.length > 400)
})

/** The methods of the requests that the app has seen, each once, however often it was emitted. */
function requests({ events }: Play): string[] {
  const arrivals = events.flatMap((event) => {
    const [, name = '', method = ''] = ARRIVAL.exec(event) ?? []
    return name === '' ? [] : [[name, method] as const]
  })
  return [...new Map(arrivals).values()].sort()
}

const ARRIVAL = /^server (?:request|checkContinue|checkExpectation|upgrade|connect) (req \d+) (\S+)/

const taken = new WeakMap<Collector, number>()

/** The methods of the spans that have come since the last time, as many as there should be or more. */
async function spansOf(play: Play, collector: Collector): Promise<string[]> {
  const before = taken.get(collector) ?? 0
  // Those that are missing will be missed by who compares.
  await collector.take(before + requests(play).length).catch(() => {})
  taken.set(collector, collector.spans.length)
  return collector.spans
    .slice(before)
    .map(({ tags }) => String(tags['http.method']))
    .sort()
}
