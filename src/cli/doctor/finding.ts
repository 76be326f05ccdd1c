import type { Terminal } from '../terminal.js'

/** One thing that the doctor has looked at. */
export interface Finding {
  /** `good`: as it should be. `doubt`: deserves a look. `bad`: no trace arrives. `plain`: worth knowing. */
  readonly grade: keyof typeof marks
  readonly subject: string
  readonly text: string
}

/** What has been found about one matter. */
export interface Section {
  readonly title: string
  readonly findings: readonly Finding[]
}

const marks = { good: '✓', plain: ' ', doubt: '!', bad: '✗' }
const LONGEST_SUBJECT = 32
const MARGIN = 4
const GAP = 2

/** A section as it is printed: marks, subjects and texts below each other. */
export function sectionLines({ title, findings }: Section, terminal: Terminal): string[] {
  const { bold, green, yellow, red, reset } = terminal.palette
  const colours = { good: green, plain: reset, doubt: yellow, bad: red }
  const widths = findings.map(({ subject }) => subject.length).filter((width) => width <= LONGEST_SUBJECT)
  const indent = MARGIN + Math.max(0, ...widths) + GAP
  const rows = findings.flatMap(({ grade, subject, text }) => {
    const paint = (head: string) => head.replace(marks[grade], (mark) => `${colours[grade]}${mark}${reset}`)
    return terminal.row(`  ${marks[grade]} ${subject}`, text, indent, paint)
  })
  return [`${bold}${title}${reset}`, ...rows, '']
}
