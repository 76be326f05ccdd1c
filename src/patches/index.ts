import type { Patch } from '../agent/patch.js'
import { express } from './express.js'
import { httpServer } from './http-server.js'
import { layers, routers } from './router.js'

/** All that is traced without being asked. A patch names itself by its module in `TRACE_DISABLE`. */
export const patches: readonly Patch<never>[] = [httpServer, express, ...routers, ...layers]
