import type { Ref } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface Props {
  readonly value: string
  readonly label: string
  readonly placeholder: string
  readonly isInvalid?: boolean
  readonly input?: Ref<HTMLInputElement>
  readonly onChange: (value: string) => void
}

const PAUSE_MILLISECONDS = 200

/** A text that takes effect when someone pauses typing. Escape empties it, then leaves it. */
export function TextField({ value, label, placeholder, isInvalid = false, input = null, onChange }: Props) {
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const told = useRef(value)
  useEffect(() => {
    // What this field has told itself may be behind what has been typed since.
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = (text: string, pause: number) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      told.current = text
      onChange(text)
    }, pause)
  }
  return (
    <input
      ref={input}
      type="search"
      spellcheck={false}
      autocomplete="off"
      aria-label={label}
      aria-invalid={isInvalid}
      placeholder={placeholder}
      value={typed}
      onInput={({ currentTarget }) => change(currentTarget.value, PAUSE_MILLISECONDS)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change(typed, 0)
        if (event.key !== 'Escape') return
        event.preventDefault()
        if (typed === '') event.currentTarget.blur()
        else change('', 0)
      }}
    />
  )
}
