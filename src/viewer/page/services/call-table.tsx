import type { Dependency } from '../model/jaeger.js'
import { formatNumber, formatShare } from '../model/number.js'
import { ServiceName } from '../parts/service-name.js'

/** Who calls whom, the most frequent first. */
export function CallTable({ calls }: { calls: readonly Dependency[] }) {
  if (calls.length === 0) return <p class="aside">No service has called another yet.</p>
  const sorted = [...calls].sort((one, other) => other.callCount - one.callCount)
  return (
    <table>
      <thead>
        <tr>
          <th>Caller</th>
          <th>Callee</th>
          <th>Calls</th>
          <th>Errors</th>
          <th>Error rate</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ parent, child, callCount, errorCount = 0 }) => (
          <tr key={JSON.stringify([parent, child])}>
            <td>
              <ServiceName name={parent} />
            </td>
            <td>
              <ServiceName name={child} />
            </td>
            <td>{formatNumber(callCount)}</td>
            <td class={errorCount > 0 ? 'error-text' : ''}>{formatNumber(errorCount)}</td>
            <td class={errorCount > 0 ? 'error-text' : ''}>{formatShare(errorCount, callCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
