import { type Config, type Option, options, readOption } from '../../agent/config.js'
import type { Finding } from './finding.js'
import { shown, withoutCredentials } from './redact.js'

/** The agent's own variables: those that are set, and `all` others on demand. `said` is what the agent says to them. */
export function optionFindings(
  environment: NodeJS.ProcessEnv,
  config: Config,
  said: readonly string[],
  all: boolean,
): Finding[] {
  const table: readonly Option[] = Object.values(options)
  const isSet = ({ variable }: Option) => Boolean(environment[variable]?.trim())
  const unset = table.filter((option) => !isSet(option))
  const known = new Set(table.map(({ variable }) => variable))
  const unknown = Object.keys(environment).filter((name) => name.startsWith('TRACE_') && !known.has(name))
  return [
    ...table.filter(isSet).flatMap((option) => findings(option, environment, config, said)),
    ...unknown.map((subject): Finding => ({ grade: 'doubt', subject, text: 'the agent has no such option' })),
    ...(all ? unset.map(byDefault) : summary(unset, table)),
  ]
}

function findings(option: Option, environment: NodeJS.ProcessEnv, config: Config, said: readonly string[]): Finding[] {
  const { variable: subject, help } = option
  const text = environment[subject]?.trim() ?? ''
  const complaints = linesAbout(subject, said)
  const value = readOption(option, environment, (line) => complaints.push(line))
  if (complaints.length > 0)
    return complaints.map((line) => ({ grade: 'doubt', subject, text: withoutName(subject, line) }))
  const meaning = typeof value === 'function' || String(value) === text ? '' : understood(value)
  return [{ grade: grade(subject, config), subject, text: `${shown(subject, text)}${meaning} (${plainText(help)})` }]
}

/** Lines of the agent about a variable begin with its name. */
export function linesAbout(variable: string, said: readonly string[]): string[] {
  return said.filter((line) => line.startsWith(variable) && !/^\w/.test(line.slice(variable.length)))
}

/** What a line says of its variable: `"half" is not one of …`. */
export function withoutName(variable: string, line: string): string {
  return withoutCredentials(
    line
      .slice(variable.length)
      .replace(/^(=|: )/, '')
      .trim(),
  )
}

function understood(value: unknown): string {
  return typeof value === 'boolean' || typeof value === 'string' ? `, so ${value}` : ''
}

/** What an option leaves to be traced. */
function grade(variable: string, { enabled, all, include, disable }: Config): Finding['grade'] {
  if (variable === options.enabled.variable) return enabled ? 'good' : 'bad'
  if (variable === options.all.variable) return all || include !== undefined ? 'good' : 'doubt'
  if (variable === options.disable.variable) return disable.includes('http') ? 'doubt' : 'good'
  return 'good'
}

function byDefault({ variable: subject, default: value, help }: Option): Finding {
  return {
    grade: 'plain',
    subject,
    text: plainText(value === '' ? `not set: ${help}` : `by default ${value}: ${help}`),
  }
}

function summary(unset: readonly Option[], table: readonly Option[]): Finding[] {
  const others = unset.length === table.length ? `all ${table.length}` : `the other ${unset.length}`
  return [{ grade: 'plain', subject: 'TRACE_…', text: `${others} are not set: --all shows them and their defaults` }]
}

/** The table's texts are written for Markdown. */
function plainText(markdown: string): string {
  return markdown.replaceAll('`', '')
}
