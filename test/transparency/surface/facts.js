const { join, sep } = require('node:path')

const root = `${join(__dirname, '..', '..', '..')}${sep}`
const facts = {}
const tables = {}
/** What the system chooses, and the word that stands for it. */
const chosen = [
  [/\bpid: \d+/g, 'pid: …'],
  [/Date: \w+, [\w ]+:\d\d:\d\d GMT/g, 'Date: …'],
  [/\b(async_id_symbol|asyncId|trigger_async_id_symbol|triggerId)\)\]?: \d+/g, '$1): …'],
  [/\b(_idleStart|_eventsCount): \d+/g, '$1: …'],
  // The head of a call is a fact of its own.
  [/\boutputSize: \d+/g, 'outputSize: …'],
  [/_header: '(GET|POST) [\s\S]*?',$/gm, "_header: '$1 …"],
]

/** Notes a fact: a text, a list, or an object of such. None is noted twice. */
exports.fact = (name, value) => {
  if (Object.hasOwn(facts, name)) throw new Error(`noted twice: ${name}`)
  facts[name] = value
}

/** Adds to a fact that is a table of places, in no order. */
exports.add = (name, place, value) => {
  tables[name] ??= {}
  if (Object.hasOwn(tables[name], place)) throw new Error(`noted twice: ${name}, ${place}`)
  tables[name][place] = value
}

exports.print = () => {
  for (const [name, table] of Object.entries(tables))
    exports.fact(name, Object.fromEntries(Object.entries(table).sort()))
  console.log(JSON.stringify(facts))
}

/** From here on, this port is told by the word that stands for it. */
exports.choose = (port, word) => chosen.push([new RegExp(`(?<=:)${port}\\b`, 'g'), word])

/** A text without what differs from folder to folder and from run to run. */
exports.plain = (text) => chosen.reduce((rest, [what, word]) => rest.replace(what, word), text.replaceAll(root, ''))
