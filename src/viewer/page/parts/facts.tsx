interface Fact {
  readonly name: string
  readonly value: string
  readonly help?: string
  readonly isAlarming?: boolean
}

/** A few figures side by side. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ name, value, help, isAlarming = false }) => (
        <div key={name} class={isAlarming ? 'alarm' : ''} title={help}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
