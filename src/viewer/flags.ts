import { parseArgs } from 'node:util'

/** What the command line says. */
export interface Flags {
  readonly host: string
  readonly port: number
  readonly udpPort: number
  readonly compactPort: number
  readonly httpPort: number
  readonly otlpPort: number
  readonly maxTraces: number
  readonly open: boolean
  readonly save: string | undefined
  /** A saved file. With one, nothing is collected but on the ports that flags ask for. */
  readonly file: string | undefined
  readonly help: boolean
  /** The ports of collectors that are not to be opened. */
  readonly closed: ReadonlySet<PortFlag>
}

export type PortFlag = 'port' | 'udp-port' | 'compact-port' | 'http-port' | 'otlp-port'

/** What is thrown about a command line; its message is for the user. */
export class BadFlag extends Error {}

const MOST_TRACES = 1_000_000

/** By their names. */
const flags = {
  port: { default: '16686', help: "the page, and Jaeger's query API" },
  'udp-port': { default: '6832', help: "Jaeger's clients over UDP, binary Thrift" },
  'compact-port': { default: '6831', help: "Jaeger's clients over UDP, compact Thrift" },
  'http-port': { default: '14268', help: "Jaeger's clients over HTTP" },
  'otlp-port': { default: '4318', help: "OpenTelemetry's exporters over HTTP" },
  host: { default: '127.0.0.1', help: 'where to listen; 0.0.0.0 is everywhere, and asks nobody for a password' },
  'max-traces': { default: '10000', help: 'how many traces are kept; the oldest make room' },
  save: { default: '', help: 'a file to keep the traces in; opened first, where it is there' },
} as const

export const usage = [
  'npx tracing view [file] [flags]',
  '',
  'Takes in spans and shows them, or those of a file that was saved before, here or by Jaeger.',
  '',
  ...Object.entries(flags).map(([name, { help, ...flag }]) => row(`--${name}`, help, flag.default)),
  row('--open', "opens the page in the system's browser"),
  '',
  'A port of 0 is a free one.',
].join('\n')

/** Reads a command line. Throws `BadFlag`. */
export function readFlags(args: readonly string[]): Flags {
  const { values, positionals } = parse(args)
  if (positionals.length > 1) throw new BadFlag(`one file at a time: ${positionals.join(', ')}`)
  const [file] = positionals
  const port = (name: PortFlag) => wholeNumber(name, values[name] ?? flags[name].default, 0, 65_535)
  return {
    host: values.host ?? flags.host.default,
    port: port('port'),
    udpPort: port('udp-port'),
    // The port below the other, as usual; a free one where that is one.
    compactPort: values['compact-port'] === undefined ? Math.max(port('udp-port') - 1, 0) : port('compact-port'),
    httpPort: port('http-port'),
    otlpPort: port('otlp-port'),
    maxTraces: wholeNumber('max-traces', values['max-traces'] ?? flags['max-traces'].default, 1, MOST_TRACES),
    open: values.open ?? false,
    save: values.save,
    file,
    help: values.help ?? false,
    closed: new Set(file === undefined ? [] : collectorPorts.filter((name) => values[name] === undefined)),
  }
}

const collectorPorts = ['udp-port', 'compact-port', 'http-port', 'otlp-port'] as const

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = {
    port: text,
    'udp-port': text,
    'compact-port': text,
    'http-port': text,
    'otlp-port': text,
    host: text,
    'max-traces': text,
    save: text,
    open: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const [message] = String(error instanceof Error ? error.message : error).split('\n', 1)
    throw new BadFlag(`${message} (--help shows all flags)`)
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new BadFlag(`--${name}=${text} is no whole number from ${least} to ${most}`)
}

function row(name: string, help: string, byDefault = ''): string {
  return `  ${name.padEnd(16)}${help}${byDefault === '' ? '' : ` (${byDefault})`}`
}
