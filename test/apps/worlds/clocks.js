// Clocks that can be set: the wall's, as people and NTP do, and the steady one, as time does.
const { Date: WallClock } = globalThis
const steadyNow = performance.now.bind(performance)
const { uptime } = process
let [wall, steady] = [0, 0]
globalThis.Date = class extends WallClock {
  static now() {
    return WallClock.now() + wall
  }
  constructor(...args) {
    super(...(args.length === 0 ? [WallClock.now() + wall] : args))
  }
}
// Node 18 lets nobody assign it.
Object.defineProperty(performance, 'now', { value: () => steadyNow() + steady, configurable: true, writable: true })
process.uptime = () => uptime() + steady / 1_000
globalThis.world = {
  setWall(milliseconds) {
    wall += milliseconds
  },
  pass(milliseconds) {
    wall += milliseconds
    steady += milliseconds
  },
}
