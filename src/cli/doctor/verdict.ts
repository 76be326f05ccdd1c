import { join } from 'node:path'
import { root } from '../package.js'
import type { Finding } from './finding.js'
import { isAccepted, OPERATION, type Probe } from './probe.js'

/** What all findings come to, in a sentence or two. */
export function verdict(findings: readonly Finding[], { span, traceId, deliveries }: Probe, service: string): string {
  const bad = findings.filter(({ grade }) => grade === 'bad')
  const manual = join(root, 'docs', 'troubleshooting.md')
  if (bad.length > 0) return `No trace would arrive, because of what is marked ✗: ${names(bad)}. What helps: ${manual}`

  const id = traceId === '' ? '' : `, trace ${traceId}`
  const where = span === 'sent' ? ` Look for service ${JSON.stringify(service)}, operation "${OPERATION}"${id}.` : ''
  const arrival = isAccepted(deliveries)
    ? 'A trace would arrive.'
    : 'A trace would arrive, as far as can be told from here.'
  return `${arrival}${where}${remark(findings)} Where an app's own are missing: ${manual}`
}

function remark(findings: readonly Finding[]): string {
  const doubts = findings.filter(({ grade }) => grade === 'doubt').length
  if (doubts === 0) return ''
  return doubts === 1
    ? ' One thing deserves a look: it is marked !.'
    : ` ${doubts} things deserve a look: they are marked !.`
}

function names(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ subject }) => subject))].join(', ')
}
