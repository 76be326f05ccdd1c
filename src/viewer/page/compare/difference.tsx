import { formatDuration } from '../model/duration.js'

/** Less than this is noise, as a part of the duration and in microseconds. */
const NOISE = 0.05
const NOISE_MICROSECONDS = 100

/** How much longer or shorter something took, in microseconds and as a part. */
export function Difference({ from, to }: { from: number; to: number }) {
  const by = to - from
  const sign = by > 0 ? '+' : ''
  const isNoise = Math.abs(by) < Math.max(NOISE_MICROSECONDS, from * NOISE)
  const kind = isNoise ? 'same' : by > 0 ? 'slower' : 'faster'
  const percent = from > 0 ? Math.round((by / from) * 100) : undefined
  return (
    <span class={`difference ${kind}`}>
      {sign}
      {formatDuration(by)}
      {percent !== undefined && Math.abs(percent) < 1_000 && <small> {`${sign}${percent}%`.replace('-', '−')}</small>}
    </span>
  )
}
