import { connection } from '../live.js'
import { useStore } from '../store.js'

const words = { connecting: 'Connecting', open: 'Live', lost: 'Viewer is gone' }

/** Whether traces come in by themselves. */
export function LiveSign() {
  const state = useStore(connection)
  return (
    <output class={`live ${state}`}>
      <span class="dot" />
      {words[state]}
    </output>
  )
}
