import { parseDuration } from '../model/duration.js'
import { setQuery } from '../place.js'
import { TextField } from './text-field.js'

interface Props {
  readonly label: string
  readonly placeholder: string
  /** The parameter of the page's address. */
  readonly name: 'min' | 'max'
  readonly value: string
}

/** A duration such as `10ms`, which counts once it is one. */
export function DurationField({ label, placeholder, name, value }: Props) {
  const isInvalid = value !== '' && parseDuration(value) === undefined
  return (
    <TextField
      label={label}
      placeholder={placeholder}
      value={value}
      isInvalid={isInvalid}
      onChange={(text) => setQuery({ [name]: text })}
    />
  )
}
