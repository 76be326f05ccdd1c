import { useEffect, useRef } from 'preact/hooks'
import { helpIsOpen, toggleHelp, useActiveKeys, useKeys } from '../keys.js'
import { useStore } from '../store.js'

const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** What the keys do, on demand. */
export function KeyHelp() {
  const isOpen = useStore(helpIsOpen)
  const dialog = useRef<HTMLDialogElement>(null)
  useKeys('Everywhere', [{ keys: ['?'], help: 'Show these keys', run: toggleHelp }])
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog ref={dialog} class="dialog keys" aria-labelledby="keys-title" onClose={() => helpIsOpen.set(false)}>
      <h2 id="keys-title">Keys</h2>
      {isOpen && <KeyTables />}
      <div class="buttons">
        <button type="button" onClick={toggleHelp}>
          Close
        </button>
      </div>
    </dialog>
  )
}

function KeyTables() {
  return useActiveKeys().map(({ title, keys }) => (
    <section key={title}>
      <h3>{title}</h3>
      <dl>
        {keys.map(({ keys, help }) => (
          <div key={help}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{names[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{help}</dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}
