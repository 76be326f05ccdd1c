import { toggleHelp } from '../keys.js'
import { Icon } from '../parts/icon.js'
import { usePlace } from '../place.js'
import { nextTheme, type Theme, useTheme } from '../theme.js'
import { LiveSign } from './live-sign.js'

const themeIcons: Readonly<Record<Theme, 'auto' | 'sun' | 'moon'>> = { auto: 'auto', light: 'sun', dark: 'moon' }

/** The name, the ways to the page's views, and what concerns all of them. */
export function Header() {
  const [view] = usePlace().path
  const theme = useTheme()
  const current = (isCurrent: boolean) => (isCurrent ? 'page' : undefined)
  return (
    <header class="header">
      <a class="brand" href="/">
        <Icon name="logo" />
        tracing
      </a>
      <nav>
        <a href="/" aria-current={current(view !== 'services')}>
          Traces
        </a>
        <a href="/services" aria-current={current(view === 'services')}>
          Services
        </a>
      </nav>
      <LiveSign />
      <button
        type="button"
        class="quiet icon"
        title={`Theme: ${theme}`}
        aria-label={`Theme: ${theme}`}
        onClick={nextTheme}
      >
        <Icon name={themeIcons[theme]} />
      </button>
      <button type="button" class="quiet icon" title="Keys (?)" aria-label="Keys" onClick={toggleHelp}>
        <Icon name="keyboard" />
      </button>
    </header>
  )
}
