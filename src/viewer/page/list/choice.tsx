interface Props {
  readonly label: string
  /** What stands for no choice. */
  readonly all: string
  readonly value: string
  readonly names: readonly string[]
  readonly isDisabled?: boolean
  readonly onChange: (value: string) => void
}

/** One of several names, or all. */
export function Choice({ label, all, value, names, isDisabled = false, onChange }: Props) {
  const offered = value === '' || names.includes(value) ? names : [value, ...names]
  return (
    <select
      aria-label={label}
      value={value}
      disabled={isDisabled}
      class={value === '' ? '' : 'chosen'}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{all}</option>
      {offered.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}
