/**
 * Whether a release is within a range such as `>=4.16 <6`: all of the comparators have to hold. A part of
 * https://github.com/npm/node-semver#ranges, which takes longer to load than all the rest of the agent.
 * A pre-release counts as the release that it leads to.
 */
export function isWithin(version: string, range: string): boolean {
  return range.split(' ').every((comparator) => {
    const bound = /^(>=|<)(.+)$/.exec(comparator)
    if (bound?.[2] === undefined) throw new Error(`"${comparator}" is neither >=version nor <version`)
    const difference = compare(version, bound[2])
    return bound[1] === '>=' ? difference >= 0 : difference < 0
  })
}

function compare(one: string, other: string): number {
  const [left, right] = [parts(one), parts(other)]
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(version: string): number[] {
  return version.split(/[-+]/, 1).flatMap((release) => release.split('.').map(Number))
}
