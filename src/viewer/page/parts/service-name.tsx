import { colourOf } from '../service-colours.js'

/** A service with its colour. */
export function ServiceName({ name, count }: { name: string; count?: string }) {
  return (
    <span class="service" title={name}>
      <span class="swatch" style={{ backgroundColor: colourOf(name) }} />
      <span class="name">{name || '(no name)'}</span>
      {count !== undefined && <span class="count">{count}</span>}
    </span>
  )
}
