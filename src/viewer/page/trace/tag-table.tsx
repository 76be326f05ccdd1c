import type { JaegerTag } from '../model/jaeger.js'
import { writeTag } from '../model/words.js'
import { CopyButton } from '../parts/copy-button.js'
import { Icon } from '../parts/icon.js'

interface Props {
  readonly tags: readonly JaegerTag[]
  /** Whether traces can be searched by them. */
  readonly isSearchable?: boolean
}

/** Keys and their values, by name. */
export function TagTable({ tags, isSearchable = false }: Props) {
  if (tags.length === 0) return null
  const sorted = [...tags].sort((one, other) => one.key.localeCompare(other.key))
  return (
    <dl class="tags">
      {sorted.map(({ key, value }, index) => (
        <div key={index}>
          <dt>{key}</dt>
          <dd class={typeof value}>{textOf(value)}</dd>
          <span class="actions">
            {isSearchable && (
              <a href={`/?text=${encodeURIComponent(writeTag(key, textOf(value)))}`} title="Find traces with this tag">
                <Icon name="search" />
              </a>
            )}
            <CopyButton text={textOf(value)} what="value" />
          </span>
        </div>
      ))}
    </dl>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
