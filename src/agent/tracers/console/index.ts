import { isatty } from 'node:tty'
import type { Config } from '../../config.js'
import { print, STEERING } from '../../log.js'
import { safeValue } from '../../safe-value.js'
import { wholeId } from '../../text.js'
import type { Backend, Delivery } from '../backend.js'
import { createTracer, type JaegerSpan, type Reporter } from '../jaeger/index.js'
import { colours, plain, type ShownSpan, treeLines } from './tree.js'

const STDERR = 2
const MOST_HELD = 1_000

/** Prints each finished trace on stderr, as a small tree: jaeger-client's tracer, with the terminal for a backend. */
export function consoleBackend(config: Config, environment: NodeJS.ProcessEnv): Backend {
  const isColoured = environment.NO_COLOR ? false : isatty(STDERR) || Boolean(environment.FORCE_COLOR)
  const reporter = new TreeReporter(config.serviceName, isColoured ? colours : plain)
  return {
    tracer: createTracer(config, environment, reporter),
    flush(_timeout, done) {
      reporter.printHeld()
      done()
    },
    flushNow: () => reporter.printHeld(),
    deliveries: () => [reporter.delivery],
  }
}

/** Holds the spans of a request until that is done, and prints them together. */
class TreeReporter implements Reporter {
  private readonly held: ShownSpan[] = []
  private printed = 0

  constructor(
    private readonly service: string,
    private readonly palette: typeof plain,
  ) {}

  get delivery(): Delivery {
    const { printed: sent, held } = this
    const outcome = sent > 0 ? 'accepted' : undefined
    return { to: 'stderr', outcome, reason: '', sent, lost: 0, waiting: held.length }
  }

  setProcess(): void {}

  report(span: JaegerSpan): void {
    const shown = show(span)
    this.held.push(shown)
    if (shown.parentId === '0' || shown.tags.get('span.kind') === 'server') this.printFrom(shown)
    else if (this.held.length > MOST_HELD) this.printHeld()
  }

  close(done?: () => void): void {
    this.printHeld()
    done?.()
  }

  /** What has no request that ended: the rest of a process. */
  printHeld(): void {
    for (let [first] = this.held; first !== undefined; [first] = this.held) this.printFrom(rootOf(first, this.held))
  }

  private printFrom(root: ShownSpan): void {
    const spans = this.held.filter((span) => isUnder(root, span, this.held))
    this.printed += spans.length
    print(treeLines(root, spans, this.service, this.palette).join('\n'))
    const rest = this.held.filter((span) => !spans.includes(span))
    this.held.splice(0, this.held.length, ...rest)
  }
}

function rootOf(span: ShownSpan, spans: readonly ShownSpan[]): ShownSpan {
  const parent = parentOf(span, spans)
  return parent === undefined ? span : rootOf(parent, spans)
}

function isUnder(root: ShownSpan, span: ShownSpan, spans: readonly ShownSpan[]): boolean {
  if (span === root) return true
  const parent = parentOf(span, spans)
  return parent !== undefined && isUnder(root, parent, spans)
}

function parentOf(span: ShownSpan, spans: readonly ShownSpan[]): ShownSpan | undefined {
  return spans.find((other) => other !== span && other.id === span.parentId && other.traceId === span.traceId)
}

function show(span: JaegerSpan): ShownSpan {
  const context = span.context()
  return {
    id: context.spanIdStr ?? '',
    parentId: context.parentIdStr ?? '0',
    traceId: wholeId(context.traceIdStr ?? ''),
    name: printable(span.operationName),
    start: span._startTime,
    duration: span._duration,
    tags: new Map(span._tags.map(({ key, value }) => [String(key), printable(value)])),
    errors: span._logs.map(({ fields }) => new Map(fields.map(({ key, value }) => [key, value]))).flatMap(errorLine),
  }
}

function errorLine(fields: ReadonlyMap<unknown, unknown>): string[] {
  if (fields.get('event') !== 'error') return []
  return [`${printable(fields.get('error.kind'))}: ${printable(fields.get('message'))}`]
}

/** Foreign text must not steer the terminal, or begin a line of its own. */
function printable(value: unknown): string {
  return String(safeValue(value) ?? '').replace(STEERING, '·')
}
