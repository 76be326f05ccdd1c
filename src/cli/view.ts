import { join } from 'node:path'
import type { Command } from './command.js'
import { root } from './package.js'

/** The viewer is a file of its own, which no other command loads. */
export const view: Command = {
  takes: '[file.json] [--port 16686] …',
  help: 'shows traces in the browser as they come in, with nothing else installed. npx tracing view --help tells its flags.',
  hasOwnHelp: true,
  async run(words) {
    const { view }: typeof import('../viewer/index.js') = require(join(root, 'dist', 'viewer.js'))
    await view(words)
    // Its ports keep the process alive, and signals end it. Where it has none, nothing does.
    return new Promise(() => {})
  },
}
