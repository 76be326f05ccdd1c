import type { Terminal } from './terminal.js'

/** One `npx tracing …`. */
export interface Command {
  /** What may follow its name, as in `[--all]`. */
  readonly takes: string
  /** One line for the user. */
  readonly help: string
  /** Whether it answers `--help` itself. */
  readonly hasOwnHelp?: boolean
  /** Runs it to its end, and answers the exit code. Throws a `UsageError` for what it does not take. */
  run(words: readonly string[], terminal: Terminal): Promise<number>
}

/** What the user asked for does not exist; the message says it in one line. */
export class UsageError extends Error {}
