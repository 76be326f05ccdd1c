import type { Patch } from '../agent/patch.js'
import { express } from './express.js'
import { httpClient } from './http-client.js'
import { httpServer } from './http-server.js'
import { layers, routers } from './router.js'
import { undici, undiciDispatchers } from './undici.js'

/** All that is traced without being asked, by the names that `TRACE_DISABLE` knows. */
export const patches: readonly Patch<never>[] = [
  httpServer,
  httpClient,
  undici,
  ...undiciDispatchers,
  express,
  ...routers,
  ...layers,
]
