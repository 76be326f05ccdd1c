import { saveTraces } from './file.js'
import type { Store, Watcher } from './store/store.js'

/** Milliseconds: so often at most, and never for more than a tenth of the time. */
const PACE = 5_000
const REST = 9

/** Keeps a file like the store: saves what has changed, every few seconds and at the end. */
export class Keeper implements Watcher {
  private isChanged: boolean
  private saving: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly store: Store,
    private readonly path: string,
  ) {
    this.isChanged = store.traces > 0
    store.watch(this)
    this.schedule(PACE)
  }

  changed(): void {
    this.isChanged = true
  }

  cleared(): void {
    this.isChanged = true
  }

  /** Saves what has changed since the last time. Never throws. */
  async save(): Promise<void> {
    await this.saving
    if (!this.isChanged) return
    this.isChanged = false
    this.saving = saveTraces(this.store, this.path).catch((error) => {
      this.isChanged = true
      console.error('tracing: the traces cannot be saved in %s: %s', this.path, Object(error).code ?? error)
    })
    await this.saving
  }

  /** Saves for the last time. */
  async close(): Promise<void> {
    clearTimeout(this.timer)
    await this.save()
  }

  private schedule(pause: number): void {
    this.timer = setTimeout(async () => {
      const started = performance.now()
      await this.save()
      this.schedule(Math.max(PACE, REST * (performance.now() - started)))
    }, pause)
  }
}
