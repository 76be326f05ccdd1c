// Clocks that can be set: the wall's, as people and NTP do, and the steady one, as time does.
const { now } = Date
const steadyNow = performance.now.bind(performance)
let [wall, steady] = [0, 0]
Date.now = () => now() + wall
performance.now = () => steadyNow() + steady
globalThis.world = {
  setWall(milliseconds) {
    wall += milliseconds
  },
  pass(milliseconds) {
    wall += milliseconds
    steady += milliseconds
  },
}
