import { useEffect, useRef } from 'preact/hooks'
import { createStore, useStore } from './store.js'

/** What a key does. */
export interface Key {
  /** As `KeyboardEvent.key` names them. */
  readonly keys: readonly string[]
  readonly help: string
  run(): void
}

interface Keys {
  readonly title: string
  readonly keys: readonly Key[]
}

const active = createStore<readonly { readonly current: Keys }[]>([])

/** Whether the list of keys is on the page. */
export const helpIsOpen = createStore(false)

export function toggleHelp(): void {
  helpIsOpen.set(!helpIsOpen.get())
}

/** Makes keys work for as long as the component is there; a later component's go before an earlier one's. */
export function useKeys(title: string, keys: readonly Key[]): void {
  const table = useRef<Keys>({ title, keys })
  table.current = { title, keys }
  useEffect(() => {
    active.set([...active.get(), table])
    return () => active.set(active.get().filter((other) => other !== table))
  }, [])
}

/** What the keys do that work now, those of one title together. */
export function useActiveKeys(): readonly Keys[] {
  const tables = useStore(active).map(({ current }) => current)
  const titles = [...new Set(tables.map(({ title }) => title))]
  return titles.map((title) => ({
    title,
    keys: tables.filter((table) => table.title === title).flatMap(({ keys }) => keys),
  }))
}

/** Sends keys to the components, unless someone is typing. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isTyping(event.target) && event.key !== 'Escape') return
    if (event.key === 'Enter' && isPressable(event.target)) return
    if (document.querySelector('dialog[open]') !== null && event.key !== '?') return
    const found = [...active.get()].reverse().flatMap(({ current }) => current.keys)
    const key = found.find(({ keys }) => keys.includes(event.key))
    if (key === undefined) return
    event.preventDefault()
    key.run()
  })
}

/** Links and buttons have their own Enter; the rows of a trace leave it to the page. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button:not([data-row]), summary') !== null
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
}
