/** A span as the console shows it. */
export interface ShownSpan {
  readonly id: string
  readonly parentId: string
  readonly traceId: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly start: number
  /** Milliseconds. */
  readonly duration: number
  readonly tags: ReadonlyMap<string, string>
  /** One line for each error that was logged. */
  readonly errors: readonly string[]
}

/** ANSI codes, or nothing where there is no terminal. */
export interface Palette {
  readonly bold: string
  readonly dim: string
  readonly red: string
  readonly green: string
  readonly yellow: string
  readonly reset: string
}

export const colours: Palette = {
  bold: '\x1b[1m',
  dim: '\x1b[2m',
  red: '\x1b[31m',
  green: '\x1b[32m',
  yellow: '\x1b[33m',
  reset: '\x1b[0m',
}

export const plain: Palette = { bold: '', dim: '', red: '', green: '', yellow: '', reset: '' }

/** A span and what it led to, as lines: the oldest child first, errors last. */
export function treeLines(root: ShownSpan, spans: readonly ShownSpan[], service: string, palette: Palette): string[] {
  const { dim, reset } = palette
  const heading = `${line(root, palette)}  ${dim}${service}  trace ${root.traceId}${reset}`
  return [heading, ...branches(root, spans, '', palette)]
}

function branches(parent: ShownSpan, spans: readonly ShownSpan[], indent: string, palette: Palette): string[] {
  const children = spans
    .filter((span) => span.parentId === parent.id && span !== parent)
    .sort((one, other) => one.start - other.start)
  const rows = [
    ...children.map((child) => ({ text: line(child, palette), child })),
    ...parent.errors.map((error) => ({ text: `${palette.red}${error}${palette.reset}`, child: undefined })),
  ]
  return rows.flatMap(({ text, child }, index) => {
    const isLast = index === rows.length - 1
    const below = child === undefined ? [] : branches(child, spans, `${indent}${isLast ? '   ' : '│  '}`, palette)
    return [`${palette.dim}${indent}${isLast ? '└─ ' : '├─ '}${palette.reset}${text}`, ...below]
  })
}

function line({ name, tags, duration }: ShownSpan, palette: Palette): string {
  const { bold, dim, red, reset } = palette
  const parts = [`${bold}${name}${reset}`]
  const status = tags.get('http.status_code')
  if (status !== undefined) parts.push(`${statusColour(status, tags, palette)}${status}${reset}`)
  else if (tags.get('error') === 'true') parts.push(`${red}error${reset}`)
  if (tags.get('http.aborted') === 'true') parts.push('aborted')
  parts.push(`${duration.toFixed(1)} ms`)
  const url = tags.get('http.url')
  if (url !== undefined) parts.push(`${dim}${url}${reset}`)
  return parts.join('  ')
}

function statusColour(status: string, tags: ReadonlyMap<string, string>, { red, yellow, green }: Palette): string {
  if (tags.get('error') === 'true') return red
  return Number(status) < 400 ? green : yellow
}
