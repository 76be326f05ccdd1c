import { useCallback, useMemo } from 'preact/hooks'
import { fetchTrace } from '../api.js'
import type { News } from '../live.js'
import { type Clocks, readTrace, type Trace } from '../model/trace.js'
import { type Answer, useAnswer } from '../parts/use-answer.js'
import { learnServices } from '../service-colours.js'

/** A trace, with more of its spans as they come in; `unknown` where the viewer has none of that id. */
export function useTrace(id: string, clocks: Clocks = 'as-sent'): Answer<Trace | 'unknown'> {
  const ask = useCallback(async () => (await fetchTrace(id)) ?? ('unknown' as const), [id])
  const concerns = useCallback(
    ({ changed, isAll }: News) => !isAll || changed.some(({ traceID }) => traceID === id),
    [id],
  )
  const answer = useAnswer(ask, concerns)
  return useMemo(() => {
    if (typeof answer === 'string') return answer
    const trace = readTrace(answer, clocks)
    learnServices(trace.services)
    return trace
  }, [answer, clocks])
}
