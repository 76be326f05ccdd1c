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
  let failure: { seed: number; program: Program; error: unknown } | undefined

  async function runAll(): Promise<void> {
    for (let seed = seeds.shift(); seed !== undefined && failure === undefined; seed = seeds.shift()) {
      const program = programOf(seed)
      try {
        const run = await driver.run(program)
        requests += run.accounts.size
        assert.deepEqual(mismatches(run), [])
      } catch (error) {
        failure ??= { seed, program, error }
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, runAll))

  t.diagnostic(`${requests} requests`)
  if (failure !== undefined) assert.fail(await describe(t, failure))
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

async function describe(t: TestContext, failure: { seed: number; program: Program; error: unknown }): Promise<string> {
  const { seed, program, error } = failure
  const smallest = await reduce(t, program)
  return `the program of seed ${seed} fails: ${error}\nnpm run test:model -- --program '${JSON.stringify(smallest)}'`
}

/** A program as small as it can be made while it fails. */
async function reduce(t: TestContext, program: Program): Promise<Program> {
  let driver = await Driver.start(t)
  const until = Date.now() + LONGEST_SHRINK
  return shrink(program, async (candidate) => {
    for (let tries = 0; tries < TRIES && Date.now() < until; tries++) {
      try {
        if (mismatches(await driver.run(candidate)).length > 0) return true
      } catch {
        driver = await Driver.start(t)
        return true
      }
    }
    return false
  })
}
