import { useMemo } from 'preact/hooks'
import { formatDuration } from '../model/duration.js'
import { formatNumber, formatShare } from '../model/number.js'
import { operationShares } from '../model/operations.js'
import type { Trace } from '../model/trace.js'
import { ServiceName } from '../parts/service-name.js'
import { VirtualList } from '../parts/virtual-list.js'
import { addressWith } from '../place.js'

/** Where the time of a trace went, by operation. */
export function OperationsTable({ trace }: { trace: Trace }) {
  const shares = useMemo(() => operationShares(trace.spans), [trace])
  const all = shares.reduce((sum, { self }) => sum + self, 0)
  return (
    <div class="operations">
      <div class="operation-row head">
        <span>Operation</span>
        <span>Count</span>
        <span>Errors</span>
        <span>Longest</span>
        <span>Total</span>
        <span>Self</span>
        <span />
      </div>
      <VirtualList
        rows={shares}
        rowHeight={36}
        keyOf={({ service, operation }) => JSON.stringify([service, operation])}
        label="Operations"
      >
        {({ service, operation, count, errors, longest, total, self }) => (
          <div class="operation-row">
            <span class="request" title={`${service} ${operation}`}>
              <ServiceName name={service} />
              <a class="operation" href={addressWith({ view: '', find: operation })}>
                {operation || '(no name)'}
              </a>
            </span>
            <span>{formatNumber(count)}</span>
            <span class={errors > 0 ? 'error-text' : 'muted'}>{formatNumber(errors)}</span>
            <span>{formatDuration(longest)}</span>
            <span>{formatDuration(total)}</span>
            <span>{formatDuration(self)}</span>
            <span class="share">
              <span class="bar" style={{ width: `${all > 0 ? (self / all) * 100 : 0}%` }} />
              <span>{formatShare(self, all)}</span>
            </span>
          </div>
        )}
      </VirtualList>
    </div>
  )
}
