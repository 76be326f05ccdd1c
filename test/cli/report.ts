import assert from 'node:assert/strict'

/** The mark and the text of what a report of the doctor says of `subject`, without line breaks. */
export function row(stdout: string, subject: string): string {
  for (const entry of stdout.split(/\n(?! {5})/)) {
    const [, mark = '', rest = ''] = /^ {2}(.) (.*)/s.exec(entry) ?? []
    if (!rest.startsWith(subject) || !/^\s/.test(rest.slice(subject.length))) continue
    return `${mark.trim()} ${rest.slice(subject.length).trim().replaceAll(/\s+/g, ' ')}`
  }
  return assert.fail(`${subject} is not in:\n${stdout}`)
}

/** What a report comes to, without line breaks. */
export function verdict(stdout: string): string {
  return String(stdout.trimEnd().split('\n\n').at(-1)).replaceAll('\n', ' ')
}
