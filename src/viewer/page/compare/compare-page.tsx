import { useMemo } from 'preact/hooks'
import { listAddress } from '../list/list-address.js'
import { compareTraces } from '../model/comparison.js'
import type { Trace } from '../model/trace.js'
import { Icon } from '../parts/icon.js'
import { Notice } from '../parts/notice.js'
import { useTrace } from '../trace/use-trace.js'
import { CompareRows } from './compare-rows.js'
import { Side } from './side.js'

/** Two traces side by side, span by span. */
export function ComparePage({ left, right }: { left: string; right: string }) {
  const [one, other] = [useTrace(left), useTrace(right)]
  if (isTrace(one) && isTrace(other)) return <Comparison left={one} right={other} />
  if (one === 'loading' || other === 'loading') return <main />
  const [unknown] = [...(isTrace(one) ? [] : [left]), ...(isTrace(other) ? [] : [right])]
  return (
    <Notice title="There is no such trace here">
      <code>{unknown}</code>
      <a href="/">All traces</a>
    </Notice>
  )
}

function Comparison({ left, right }: { left: Trace; right: Trace }) {
  const pairs = useMemo(() => compareTraces(left, right), [left, right])
  const count = (side: 'left' | 'right') => pairs.filter((pair) => pair[side] === undefined).length
  return (
    <main class="compare">
      <header class="compare-header">
        <a
          class="button quiet icon"
          href={listAddress.get()}
          aria-label="Back to the list"
          title="Back to the list (Esc)"
        >
          <Icon name="back" />
        </a>
        <Side name="A" trace={left} only={count('right')} />
        <a class="button quiet icon" href={`/compare/${right.id}/${left.id}`} aria-label="Swap" title="Swap (s)">
          <Icon name="swap" />
        </a>
        <Side name="B" trace={right} only={count('left')} other={left} />
      </header>
      <CompareRows pairs={pairs} left={left} right={right} />
    </main>
  )
}

function isTrace(answer: Trace | string): answer is Trace {
  return typeof answer === 'object'
}
