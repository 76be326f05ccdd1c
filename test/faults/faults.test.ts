import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { dieUnder, type Life, live, type WholeLife } from './life.js'
import { Load } from './load.js'
import { type Fault, faults, healthy, isLong } from './table.js'

/** The defaults of `JAEGER_REPORTER_FLUSH_INTERVAL` and `TRACE_FLUSH_TIMEOUT`, in milliseconds. */
const FLUSH_INTERVAL = 250
const FLUSH_TIMEOUT = 1_000
/** What a busy machine may add to them. */
const LENIENCE = 5_000
const MINUTE = 60_000
const MEBIBYTE = 1_024 * 1_024
/** In MiB. */
const MOST_MEMORY = 20
/** Spans: the queue, and a message that has left it. */
const MOST_KEPT = 2_048 + 1_024
/** One takes most of a processor while its app starts, and a third of one while it lives. */
const concurrency = isLong ? 2 : 4

for (const way of ['http', 'udp'] as const) {
  test(`whatever happens to spans over ${way}, the app does not notice`, { concurrency }, async (t) => {
    const plain = new Load((await startApp(t, 'faults.js', { node: [] })).port)
    const answers = await plain.answers()
    plain.close()
    const healthyLife = await live(t, healthy[way], answers)

    const tests = faults[way].flatMap((fault) => [
      t.test(`under ${fault.name} it answers as ever, and spans arrive or are counted`, async (t) => {
        const life = await live(t, fault, answers)
        const normal = fault.normal === undefined ? healthyLife : await live(t, fault.normal, answers)

        if (isLong) t.diagnostic(figures(life, normal))
        assertSound(life, fault)
        assertSteady(life, fault, normal)
      }),
      t.test(`under ${fault.name} it ends in time`, { skip: !fault.isAway }, async (t) => {
        const life = await dieUnder(t, fault, answers)

        if (isLong) t.diagnostic(`its end: ${Math.round(life.end)} ms`)
        assertSound(life, fault)
        assert.ok(life.end < FLUSH_TIMEOUT + LENIENCE, `${life.end} ms until it ended`)
      }),
    ])
    await Promise.all(tests)
  })
}

/** What holds for any life of an app. */
function assertSound({ wrong, code, signal, age, said, ...spans }: Life, { mayDrop }: Fault): void {
  const { produced, arrived, sent, lost } = spans
  assert.deepEqual(wrong, [])
  assert.deepEqual([code, signal], [0, null])
  assert.ok(said.length <= 1 + Math.floor(age / MINUTE), said.join('\n'))
  assert.equal(sent + lost, produced)
  assert.ok(mayDrop ? arrived <= sent : arrived === sent, `${arrived} of ${sent} spans arrived`)
}

/** What holds for one in which things went wrong, and right again. */
function assertSteady(life: WholeLife, { isAway, says, mostMemory = MOST_MEMORY }: Fault, normal: WholeLife): void {
  const { said, recovery, kept, messages, troubled } = life
  const memory = (life.memory - normal.memory) / MEBIBYTE
  assert.ok(says === undefined ? said.length === 0 : says.test(said.join()), said.join('\n'))
  assert.ok(memory < mostMemory, `${memory} MiB more than where all is well`)
  assert.ok(recovery < 2 * FLUSH_INTERVAL + LENIENCE, `${recovery} ms until spans arrived again`)
  assert.ok(kept <= MOST_KEPT, `${kept} spans had waited`)
  // One after each pause.
  const most = isAway ? 2 + troubled / FLUSH_INTERVAL : Number.POSITIVE_INFINITY
  assert.ok(messages <= most, `${messages} messages in ${troubled} ms`)
}

function figures(life: WholeLife, normal: WholeLife): string {
  const { asked, wrong, produced, arrived, lost, kept, messages, end, recovery, said } = life
  const memory = (life.memory - normal.memory) / MEBIBYTE
  return [
    `${asked - wrong.length} of ${asked} answers`,
    `${produced} spans, ${arrived} arrived (${kept} had waited), ${lost} lost`,
    `${messages} messages in trouble, ${said.length} lines`,
    `${memory.toFixed(1)} MiB, ${Math.round(recovery)} ms to recover, ${Math.round(end)} ms to end`,
  ].join('; ')
}
