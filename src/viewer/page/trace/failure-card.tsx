import type { Failure } from '../model/failure.js'
import { stackLines } from '../model/stack.js'
import { CopyButton } from '../parts/copy-button.js'
import { TagTable } from './tag-table.js'

/** An error, with the lines of its stack as they were. */
export function FailureCard({ failure: { kind, message, stack, rest } }: { failure: Failure }) {
  return (
    <section class="failure">
      <header>
        <h3>{kind}</h3>
        <CopyButton text={stack || `${kind}: ${message}`} what="error" />
      </header>
      <p>{message}</p>
      {stack !== '' && (
        <pre>
          {stackLines(stack).map(({ text, isOwn }, index) => (
            <span key={index} class={isOwn ? 'own' : ''}>{`${text}\n`}</span>
          ))}
        </pre>
      )}
      <TagTable tags={rest} />
    </section>
  )
}
