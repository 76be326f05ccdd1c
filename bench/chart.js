// A chart of bars, as SVG that reads on light and dark pages.
const WIDTH = 760
const LABELS = 190
const BAR = 15
const GAP = 5
const HEAD = 34

/** A group of bars for each app: CPU a request, as a multiple of the bare app's. */
function chart(groups) {
  const longest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const scale = (WIDTH - LABELS - 50) / longest
  let y = 8
  const parts = groups.map(({ title, bars }) => {
    y += HEAD
    const lines = [`<text class="title" x="0" y="${y - 12}">${escaped(title)}</text>`]
    for (const { name, value } of bars) {
      const kind = name.startsWith('tracing') ? 'ours' : 'other'
      const width = (value * scale).toFixed(1)
      lines.push(
        `<text x="${LABELS - 8}" y="${y + BAR - 3}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${kind}" x="${LABELS}" y="${y}" width="${width}" height="${BAR}" rx="2"/>`,
        `<text x="${(LABELS + Number(width) + 6).toFixed(1)}" y="${y + BAR - 3}">${value.toFixed(2)}</text>`,
      )
      y += BAR + GAP
    }
    return lines.join('\n')
  })
  // Where the bare app is.
  const bare = (LABELS + scale).toFixed(1)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 8}" width="${WIDTH}" role="img" aria-label="CPU a request, as a multiple of the bare app's">
<style>
text { font: 12px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600 }
.ours { fill: #0969da }
.other { fill: #afb8c1 }
line { stroke: #8c959f; stroke-dasharray: 3 3 }
</style>
<line x1="${bare}" y1="0" x2="${bare}" y2="${y}"/>
${parts.join('\n')}
</svg>
`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

module.exports = { chart }
