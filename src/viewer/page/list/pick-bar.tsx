import { useKeys } from '../keys.js'
import { go, setQuery, usePlace } from '../place.js'
import { readPicks } from './picks.js'

/** What can be done with the traces that are picked. */
export function PickBar() {
  const [left, right] = readPicks(usePlace().query)
  const address = left !== undefined && right !== undefined ? `/compare/${left}/${right}` : undefined
  useKeys('Traces', [{ keys: ['c'], help: 'Compare the two that are picked', run: () => address && go(address) }])
  if (left === undefined) return null
  return (
    <aside class="pick-bar" aria-label="Comparison">
      <span>
        {address === undefined ? (
          <>
            Pick a second trace to compare with <code>{left.slice(0, 7)}</code>
          </>
        ) : (
          <>
            <code>{left.slice(0, 7)}</code> and <code>{right?.slice(0, 7)}</code> are picked
          </>
        )}
      </span>
      {address !== undefined && (
        <a class="button primary" href={address}>
          Compare
        </a>
      )}
      <button type="button" class="quiet" onClick={() => setQuery({ pick: '' })}>
        Cancel
      </button>
    </aside>
  )
}
