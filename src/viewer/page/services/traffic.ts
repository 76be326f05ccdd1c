import type { Dependency } from '../model/jaeger.js'

/** How often others called a service, and how many of these calls failed. */
export function callersOf(service: string, calls: readonly Dependency[]): { callCount: number; errorCount: number } {
  const incoming = calls.filter(({ parent, child }) => child === service && parent !== service)
  return {
    callCount: incoming.reduce((sum, { callCount }) => sum + callCount, 0),
    errorCount: incoming.reduce((sum, { errorCount = 0 }) => sum + errorCount, 0),
  }
}
