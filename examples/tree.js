/** Prints a trace of Jaeger's query API as a tree, for those who look at the terminal. */
function printTrace({ traceID, spans, processes }) {
  const ids = new Set(spans.map(({ spanID }) => spanID))
  const parentOf = ({ references }) => references.find(({ spanID }) => ids.has(spanID))?.spanID
  const childrenOf = (parent) =>
    spans
      .filter((span) => parentOf(span) === parent)
      .sort((one, other) => one.startTime - other.startTime)
      .map((span) => ({ text: line(span, processes), branches: [...childrenOf(span.spanID), ...errorsOf(span)] }))

  for (const { text, branches } of childrenOf(undefined)) {
    console.log(`\n${text}  trace ${traceID}`)
    print(branches, '')
  }
}

function print(branches, indent) {
  for (const [index, { text, branches: inner }] of branches.entries()) {
    const isLast = index === branches.length - 1
    console.log(`${indent}${isLast ? '└─' : '├─'} ${text}`)
    print(inner, `${indent}${isLast ? '   ' : '│  '}`)
  }
}

function line({ operationName, duration, tags, processID }, processes) {
  const { serviceName } = processes[processID]
  const status = tags.find(({ key }) => key === 'http.status_code')?.value ?? ''
  return `${operationName}  ${status}  ${(duration / 1_000).toFixed(1)} ms  ${serviceName}`
}

function errorsOf({ logs }) {
  const errors = logs.map(({ fields }) => new Map(fields.map(({ key, value }) => [key, value])))
  return errors
    .filter((error) => error.get('event') === 'error')
    .map((error) => ({ text: `${error.get('error.kind')}: ${error.get('message')}`, branches: [] }))
}

module.exports = { printTrace }
