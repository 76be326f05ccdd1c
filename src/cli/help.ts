import { options } from '../agent/config.js'
import type { Command } from './command.js'
import { description, version } from './package.js'
import type { Terminal } from './terminal.js'

const GAP = 2

/** What `npx tracing --help` says: the commands, and every variable of the agent from its own table. */
export function helpLines(commands: Readonly<Record<string, Command>>, terminal: Terminal): string[] {
  const { bold, reset } = terminal.palette
  const title = (text: string) => `${bold}${text}${reset}`
  const commandRows = Object.entries(commands).map(([name, { takes, help }]) => [`${name} ${takes}`, help] as const)
  const variableRows = Object.values(options).map(({ variable, default: value, help }) => {
    return [variable, plainText(value === '' ? help : `${help} (default: ${value})`)] as const
  })
  return [
    ...terminal.row('', `tracing ${version}. ${description}.`, 0),
    '',
    title('To trace an app'),
    '  node -r tracing/register app.js',
    '',
    title('Usage'),
    '  npx tracing <command>',
    '  npx tracing --help | --version',
    '',
    title('Commands'),
    ...table(commandRows, terminal),
    '',
    title('Environment variables of the agent'),
    ...table(variableRows, terminal),
  ]
}

function table(rows: readonly (readonly [head: string, text: string])[], terminal: Terminal): string[] {
  const indent = GAP + Math.max(...rows.map(([head]) => head.length)) + GAP
  return rows.flatMap(([head, text]) => terminal.row(' '.repeat(GAP) + head, text, indent))
}

/** The table's texts are written for Markdown. */
function plainText(markdown: string): string {
  return markdown.replaceAll('`', '')
}
