import { useEffect, useState } from 'preact/hooks'
import { type News, onNews } from '../live.js'

/** What the viewer answered, or why there is nothing yet. */
export type Answer<Value> = Value | 'loading' | 'failed'

const PAUSE_MILLISECONDS = 400

/** Asks the viewer, and again soon after each news that concerns it. Both functions are to be the same each time. */
export function useAnswer<Value>(ask: () => Promise<Value>, concerns: (news: News) => boolean): Answer<Value> {
  const [answer, setAnswer] = useState<{ value: Answer<Value> }>({ value: 'loading' })
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      timer = undefined
      const value = await ask().catch(() => 'failed' as const)
      if (!isOver) setAnswer({ value })
    }
    const stop = onNews((news) => {
      if (concerns(news)) timer ??= setTimeout(load, PAUSE_MILLISECONDS)
    })
    load()
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [ask, concerns])
  return answer.value
}
