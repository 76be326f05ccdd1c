import { createStore, useStore } from './store.js'

/** Where in the page someone is, as the address bar says it: all that a link can hand on. */
export interface Place {
  /** The decoded parts of the path. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

const place = createStore(readPlace())

export function usePlace(): Place {
  return useStore(place)
}

/** Goes to another address of the page. */
export function go(address: string): void {
  if (address !== location.pathname + location.search) history.pushState(null, '', address)
  place.set(readPlace())
}

/** Changes parameters of the address; those that are `undefined` or empty go. Leaves one entry in the history. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  history.replaceState(history.state, '', addressWith(changes))
  place.set(readPlace())
}

/** The present address with such changes. */
export function addressWith(changes: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value)
    else query.delete(name)
  }
  return location.pathname + (query.size > 0 ? `?${query}` : '')
}

/** Follows the page's own links without loading it again, and the browser's buttons. */
export function followLinks(): void {
  addEventListener('popstate', () => place.set(readPlace()))
  document.addEventListener('click', (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!isPlain || event.defaultPrevented || link === null || link.target !== '' || !isOwn(link)) return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}

function isOwn(link: HTMLAnchorElement): boolean {
  return link.origin === location.origin && !link.pathname.startsWith('/api/')
}

function readPlace(): Place {
  const path = location.pathname.split('/').filter((part) => part !== '')
  return { path: path.map(decoded), query: new URLSearchParams(location.search) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
