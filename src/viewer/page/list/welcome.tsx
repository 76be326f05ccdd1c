import { CopyButton } from '../parts/copy-button.js'
import { Notice } from '../parts/notice.js'

const COMMAND = 'node -r tracing/register app.js'

/** What to do when there is no trace yet. */
export function Welcome() {
  return (
    <Notice title="Waiting for the first trace">
      <p>Start an app with the agent, in its folder, and send it a request:</p>
      <div class="command">
        <code>{COMMAND}</code>
        <CopyButton text={COMMAND} what="command" />
      </div>
      <p class="aside">
        No change to the app is needed. Where the command is not yours, <code>NODE_OPTIONS="-r tracing/register"</code>{' '}
        does the same. Traces show up here by themselves.
      </p>
    </Notice>
  )
}
