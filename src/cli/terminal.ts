import { colours, type Palette, plain } from '../agent/tracers/console/tree.js'

const USUAL_WIDTH = 80
const NARROWEST = 40
const WIDEST = 120

/** Where a command prints: how wide it is, and whether it has colours. */
export class Terminal {
  readonly width: number
  readonly palette: Palette

  constructor(
    private readonly stream: NodeJS.WriteStream,
    { NO_COLOR, FORCE_COLOR, COLUMNS }: NodeJS.ProcessEnv,
  ) {
    const width = stream.columns || Number(COLUMNS) || USUAL_WIDTH
    this.width = Math.min(Math.max(width, NARROWEST), WIDEST)
    this.palette = !NO_COLOR && (stream.isTTY || FORCE_COLOR) ? colours : plain
    // Whoever read it (`head`, a pager) has seen enough.
    stream.on('error', () => process.exit())
  }

  print(lines: readonly string[]): void {
    this.stream.write(lines.map((line) => `${line}\n`).join(''))
  }

  /**
   * A row of a table: `head`, and beside it, from column `indent` on, the text in as many lines as it needs. Where the
   * terminal is too narrow for both, the text stands below. `paint` colours the head, which takes no room.
   */
  row(head: string, text: string, indent: number, paint: (head: string) => string = (head) => head): string[] {
    const isNarrow = this.width - indent < NARROWEST / 2
    const margin = isNarrow ? 6 : indent
    const [first = '', ...rest] = wrap(text, this.width - margin)
    const below = rest.map((line) => ' '.repeat(margin) + line)
    if (head !== '' && (isNarrow || head.length >= indent)) return [paint(head), ' '.repeat(margin) + first, ...below]
    return [(paint(head) + ' '.repeat(indent - head.length) + first).trimEnd(), ...below]
  }
}

/** Text in lines of at most `width` characters, broken at blanks: a longer word has a line of its own. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > width && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
