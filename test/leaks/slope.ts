/** One look at something that is watched for a trend. */
export interface Sample {
  readonly x: number
  readonly y: number
}

export interface Slope {
  readonly estimate: number
  /** The bounds between which it lies with a confidence of 95 %. */
  readonly low: number
  readonly high: number
}

const DRAWS = 1_000
const CONFIDENCE = 0.95

/**
 * The trend of samples, by Theil and Sen: the median of the slopes of all pairs, which a few outliers do not move.
 * Its bounds come from a bootstrap of the residuals in blocks, since what lies high stays high for a while.
 */
export function slopeOf(samples: readonly Sample[], random: () => number = Math.random): Slope {
  const estimate = theilSen(samples)
  const level = median(samples.map(({ x, y }) => y - estimate * x))
  const residuals = samples.map(({ x, y }) => y - estimate * x - level)
  const block = Math.ceil(Math.sqrt(samples.length))

  const draws = Array.from({ length: DRAWS }, () => {
    const drawn: Sample[] = []
    while (drawn.length < samples.length) {
      const from = Math.floor(random() * (samples.length - block + 1))
      for (const residual of residuals.slice(from, from + block)) {
        const x = samples[drawn.length]?.x
        if (x !== undefined) drawn.push({ x, y: level + estimate * x + residual })
      }
    }
    return theilSen(drawn)
  }).sort((one, other) => one - other)
  const tail = Math.round((DRAWS * (1 - CONFIDENCE)) / 2)
  return { estimate, low: draws[tail] ?? Number.NaN, high: draws[DRAWS - 1 - tail] ?? Number.NaN }
}

function theilSen(samples: readonly Sample[]): number {
  const slopes: number[] = []
  for (const [index, one] of samples.entries()) {
    for (const other of samples.slice(index + 1)) {
      if (other.x !== one.x) slopes.push((other.y - one.y) / (other.x - one.x))
    }
  }
  return median(slopes)
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2
}
