#!/usr/bin/env node
import { type Command, UsageError } from './command.js'
import { doctor } from './doctor/index.js'
import { helpLines } from './help.js'
import { version } from './package.js'
import { Terminal } from './terminal.js'
import { view } from './view.js'

/** Every command, by its name. */
const commands: Readonly<Record<string, Command>> = { doctor, view }

const FAILED = 1

async function main([name = '--help', ...words]: readonly string[], terminal: Terminal): Promise<number> {
  const isHelp = (word: string) => word === '--help' || word === '-h'
  const asksForHelp = isHelp(name) || name === 'help' || (words.some(isHelp) && commands[name]?.hasOwnHelp !== true)
  if (asksForHelp) terminal.print(helpLines(commands, terminal))
  else if (name === '--version' || name === '-v') terminal.print([version])
  else if (Object.hasOwn(commands, name)) return (await commands[name]?.run(words, terminal)) ?? FAILED
  else throw new UsageError(`there is no command ${JSON.stringify(name)}; npx tracing --help lists those there are`)
  return 0
}

const terminal = new Terminal(process.stdout, process.env)
main(process.argv.slice(2), terminal)
  .catch((error: unknown) => {
    console.error(error instanceof UsageError ? `tracing: ${error.message}` : error)
    return FAILED
  })
  // A tracer may have left timers and sockets behind that would keep the process.
  .then((code) => process.stdout.write('', () => process.exit(code)))
