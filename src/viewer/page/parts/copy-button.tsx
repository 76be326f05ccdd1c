import { useEffect, useState } from 'preact/hooks'
import { Icon } from './icon.js'

const SHOWN_MILLISECONDS = 1_200

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), SHOWN_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isDone])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setDone(true)
  }
  const label = isDone ? 'Copied' : `Copy ${what}`
  return (
    <button type="button" class={`copy${isDone ? ' done' : ''}`} title={label} aria-label={label} onClick={copy}>
      <Icon name={isDone ? 'done' : 'copy'} />
    </button>
  )
}
