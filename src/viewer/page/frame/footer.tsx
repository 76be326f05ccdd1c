import { counts } from '../live.js'
import { formatNumber } from '../model/number.js'
import { useStore } from '../store.js'
import { ClearButton } from './clear-button.js'
import { OpenButton } from './open-button.js'

interface Count {
  readonly name: string
  readonly help: string
  /** Shown only when it is not zero, and then in red where it means a loss. */
  readonly kind?: 'rare' | 'loss'
}

const shown: readonly Count[] = [
  { name: 'traces', help: 'Traces in memory' },
  { name: 'spans', help: 'Spans in memory' },
  { name: 'received', help: 'Spans received since the viewer started' },
  { name: 'dropped', help: 'Spans received and not kept', kind: 'loss' },
  { name: 'malformed', help: 'Packets and bodies that could not be read', kind: 'loss' },
  { name: 'evicted', help: 'Traces that made room for newer ones', kind: 'rare' },
  { name: 'oversized', help: 'Bodies that were too long, or too many at once', kind: 'rare' },
  { name: 'refused', help: 'Requests of foreign pages, or for another host', kind: 'rare' },
]

/** What the viewer holds, and what it has received and lost. */
export function Footer() {
  const values = useStore(counts)
  const isShown = ({ name, kind }: Count) => kind !== 'rare' || (values[name] ?? 0) > 0
  return (
    <footer class="footer">
      <dl>
        {shown.filter(isShown).map(({ name, help, kind }) => (
          <div key={name} title={help} class={kind === 'loss' && values[name] ? 'alarm' : ''}>
            <dd>{values[name] === undefined ? '–' : formatNumber(values[name])}</dd>
            <dt>{values[name] === 1 ? name.replace(/s$/, '') : name}</dt>
          </div>
        ))}
      </dl>
      <OpenButton />
      <ClearButton />
    </footer>
  )
}
