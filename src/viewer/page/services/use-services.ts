import { fetchDependencies, fetchServices } from '../api.js'
import type { Dependency } from '../model/jaeger.js'
import { type Answer, useAnswer } from '../parts/use-answer.js'
import { learnServices } from '../service-colours.js'

/** The services, and who of them called whom. */
export interface Services {
  readonly names: readonly string[]
  readonly calls: readonly Dependency[]
}

export function useServices(): Answer<Services> {
  return useAnswer(ask, always)
}

async function ask(): Promise<Services> {
  const [names, calls] = await Promise.all([fetchServices(), fetchDependencies()])
  learnServices(names)
  // Those that call are services too, even if none of their traces is left.
  const all = [...names, ...calls.flatMap(({ parent, child }) => [parent, child])]
  return { names: [...new Set(all)], calls }
}

function always(): boolean {
  return true
}
