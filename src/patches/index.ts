import type { BuiltInPatch } from '../agent/built-in.js'
import { express } from './express.js'
import { httpClient } from './http-client.js'
import { httpServer } from './http-server.js'
import { opentracing } from './opentracing.js'
import { layers, routers } from './router.js'
import { undici, undiciDispatchers } from './undici.js'

/** All that is traced without being asked, by the names that `TRACE_DISABLE` knows. */
export const patches: readonly BuiltInPatch<never>[] = [
  ...httpServer,
  httpClient,
  undici,
  ...undiciDispatchers,
  express,
  ...routers,
  ...layers,
  opentracing,
]
