/** The middle of some numbers, and where the others lie. */
function spread(numbers) {
  const sorted = numbers.filter((number) => number !== undefined).sort((one, other) => one - other)
  if (sorted.length === 0) return undefined
  const middle = sorted.length / 2
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2
  return { median, low: sorted[0], high: sorted[sorted.length - 1] }
}

module.exports = { spread }
