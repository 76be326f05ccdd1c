import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Driver } from './driver.js'
import { programOf } from './generator.js'
import { mismatches } from './oracle.js'
import type { Program } from './program.js'
import { shrink } from './shrink.js'

/** How many, from which seed on, and which one alone: `npm run test:model` takes them from its arguments. */
const { MODEL_PROGRAMS, MODEL_SEED, MODEL_PROGRAM } = process.env
const PROGRAMS = Number(MODEL_PROGRAMS ?? 2_000)
/** The share of programs that are new each time. */
const FRESH = 0.1
/** Programs at a time. */
const LANES = 8
/** A failure may depend on what is faster: a program is run so often before it counts as sound. */
const TRIES = 3
const LONGEST_SHRINK = 120_000

test('each request of many programs is one span, which says what the app saw', {
  skip: MODEL_PROGRAM !== undefined,
}, async (t) => {
  const driver = await Driver.start(t)
  const seeds = seedsOf(Date.now() % 1_000_000_000)
  t.diagnostic(`${seeds.length} programs, of the seeds from ${seeds[0]} on; the last one is ${seeds.at(-1)}`)
  let requests = 0
  const failures: Failure[] = []

  async function runAll(): Promise<void> {
    for (let seed = seeds.shift(); seed !== undefined && failures.length === 0; seed = seeds.shift()) {
      const program = programOf(seed)
      try {
        const run = await driver.run(program)
        requests += run.accounts.size
        assert.deepEqual(mismatches(run), [])
      } catch (error) {
        failures.push({ seed, program, error })
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, runAll))

  t.diagnostic(`${requests} requests`)
  if (failures.length > 0) assert.fail(await describe(t, failures))
  assert.deepEqual(driver.late, [])
})

test('a program that failed', { skip: MODEL_PROGRAM === undefined }, async (t) => {
  const driver = await Driver.start(t)
  const program: Program = JSON.parse(MODEL_PROGRAM ?? '')

  for (let tries = 0; tries < TRIES; tries++) {
    const run = await driver.run(program)
    for (const { key, events } of run.accounts.values())
      t.diagnostic([key, ...events.map((event) => event.join(' '))].join('\n    '))
    assert.deepEqual(mismatches(run), [])
  }
})

/** The same ones each time, and some new ones; or all from the one that is asked for. */
function seedsOf(fresh: number): number[] {
  const known = MODEL_SEED === undefined ? Math.round(PROGRAMS * (1 - FRESH)) : 0
  const first = Number(MODEL_SEED ?? fresh)
  return Array.from({ length: PROGRAMS }, (_, index) => (index < known ? index + 1 : first + index - known))
}

/** Says which program failed, and how a small one does. Of those that ran when the app ended, it is one that fails alone. */
async function describe(t: TestContext, failures: readonly Failure[]): Promise<string> {
  const until = Date.now() + LONGEST_SHRINK
  let driver = await Driver.start(t)
  async function fails(candidate: Program): Promise<boolean> {
    for (let tries = 0; tries < TRIES && Date.now() < until; tries++) {
      try {
        if (mismatches(await driver.run(candidate)).length > 0) return true
      } catch {
        driver = await Driver.start(t)
        return true
      }
    }
    return false
  }

  const said: string[] = []
  for (const { seed, program, error } of failures) {
    said.push(`the program of seed ${seed} fails: ${error}`)
    if (await fails(program)) {
      const smallest = await shrink(program, fails)
      return `${said.at(-1)}\nnpm run test:model -- --program '${JSON.stringify(smallest)}'`
    }
  }
  return `${said.join('\n')}\nnone of them failed again alone`
}

interface Failure {
  readonly seed: number
  readonly program: Program
  readonly error: unknown
}
