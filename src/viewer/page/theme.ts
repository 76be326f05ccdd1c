import { useEffect, useState } from 'preact/hooks'
import { recall, remember } from './memory.js'
import { createStore, useStore } from './store.js'

/** What someone has chosen; `auto` is what the system says. */
export type Theme = 'auto' | 'light' | 'dark'

const themes: readonly Theme[] = ['auto', 'light', 'dark']
const dark = matchMedia('(prefers-color-scheme: dark)')
const theme = createStore<Theme>(themes.find((name) => name === recall('theme')) ?? 'auto')

/** Lets the page follow the choice. */
export function applyTheme(): void {
  const apply = (chosen: Theme) => document.documentElement.setAttribute('data-theme', chosen)
  apply(theme.get())
  theme.subscribe((chosen) => {
    apply(chosen)
    remember('theme', chosen)
  })
}

export function useTheme(): Theme {
  return useStore(theme)
}

export function nextTheme(): void {
  theme.set(themes[(themes.indexOf(theme.get()) + 1) % themes.length] ?? 'auto')
}

/** Whether it is dark now, for what CSS does not draw. */
export function useIsDark(): boolean {
  const chosen = useTheme()
  const [isSystemDark, setSystemDark] = useState(dark.matches)
  useEffect(() => {
    const follow = () => setSystemDark(dark.matches)
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [])
  return chosen === 'auto' ? isSystemDark : chosen === 'dark'
}
