import { useMemo } from 'preact/hooks'
import { type Edge, layOutGraph, NODE } from '../model/graph.js'
import type { Dependency } from '../model/jaeger.js'
import { counted, formatNumber, formatShare } from '../model/number.js'
import { ServiceName } from '../parts/service-name.js'
import { callersOf } from './traffic.js'

interface Props {
  readonly names: readonly string[]
  readonly calls: readonly Dependency[]
}

/** The services from left to right, callers before those they call. A click lists a service's traces. */
export function ServiceGraph({ names, calls }: Props) {
  const { width, height, nodes, edges } = useMemo(() => layOutGraph(names, calls), [names, calls])
  const most = calls.reduce((count, { callCount }) => Math.max(count, callCount), 1)
  return (
    <div class="graph" style={{ width: `${width}px`, height: `${height}px` }}>
      <svg width={width} height={height} aria-hidden="true">
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
            markerUnits="userSpaceOnUse"
          >
            <path d="M0 .8 7 4 0 7.2z" />
          </marker>
        </defs>
        {[...edges].sort(failingLast).map(({ call, path }) => (
          <path
            key={keyOf(call)}
            d={path}
            class={isFailing(call) ? 'edge failing' : 'edge'}
            stroke-width={1.25 + 2.5 * (Math.log(call.callCount + 1) / Math.log(most + 1))}
            marker-end="url(#arrow)"
          />
        ))}
      </svg>
      {edges.map(({ call, x, y }) => (
        <div key={keyOf(call)} class="edge-label" style={{ left: `${x}px`, top: `${y}px` }}>
          {formatNumber(call.callCount)}
          {isFailing(call) && <span class="error-text"> {formatShare(call.errorCount ?? 0, call.callCount)}</span>}
        </div>
      ))}
      {nodes.map(({ service, x, y }) => (
        <a
          key={service}
          class="node"
          href={`/?service=${encodeURIComponent(service)}`}
          style={{ left: `${x}px`, top: `${y}px`, width: `${NODE.width}px`, height: `${NODE.height}px` }}
        >
          <ServiceName name={service} />
          <Traffic service={service} calls={calls} />
        </a>
      ))}
    </div>
  )
}

function Traffic({ service, calls }: { service: string; calls: readonly Dependency[] }) {
  const { callCount, errorCount } = callersOf(service, calls)
  if (callCount === 0) return <span class="traffic">entry point</span>
  return (
    <span class="traffic">
      {counted(callCount, 'call')}
      {errorCount > 0 && <span class="error-text"> {formatShare(errorCount, callCount)} errors</span>}
    </span>
  )
}

/** On top of the others. */
function failingLast(one: Edge, other: Edge): number {
  return Number(isFailing(one.call)) - Number(isFailing(other.call))
}

function isFailing({ errorCount = 0 }: Dependency): boolean {
  return errorCount > 0
}

function keyOf({ parent, child }: Dependency): string {
  return JSON.stringify([parent, child])
}
