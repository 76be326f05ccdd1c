import { useRef } from 'preact/hooks'
import { clearTraces } from '../api.js'

/** Makes the viewer forget everything, after asking. */
export function ClearButton() {
  const dialog = useRef<HTMLDialogElement>(null)
  const clear = async () => {
    dialog.current?.close()
    await clearTraces()
  }
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        Clear
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="clear-title">
        <h2 id="clear-title">Forget all traces?</h2>
        <p>The viewer keeps them in memory alone: they cannot be brought back.</p>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="danger" onClick={clear}>
            Forget them
          </button>
        </div>
      </dialog>
    </>
  )
}
