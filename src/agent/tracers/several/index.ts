import type { Backend } from '../backend.js'
import { Part } from './part.js'
import { SeveralTracer } from './tracer.js'

/** Several backends as one, by the names that the user chose them with: what one is told, all are. */
export function severalBackends(backends: readonly (readonly [name: string, backend: Backend])[]): Backend {
  return {
    tracer: new SeveralTracer(backends.map(([name, backend], index) => new Part(name, backend, index))),
    restless: backends.some(([, { restless }]) => restless === true),
    flush(timeout, done) {
      let waiting = backends.length
      const finish = () => {
        waiting--
        if (waiting === 0) done()
      }
      for (const [, backend] of backends) backend.flush(timeout, finish)
    },
    flushNow() {
      for (const [, backend] of backends) backend.flushNow()
    },
    deliveries: () => backends.flatMap(([, backend]) => backend.deliveries?.() ?? []),
  }
}
