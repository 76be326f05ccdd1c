import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { saveTrace } from './api/answer.js'
import { fromJaegerJson } from './decoders/jaeger-json.js'
import { parseJson } from './decoders/json.js'
import type { Span } from './store/span.js'
import type { Store } from './store/store.js'

/** What is thrown about a file that cannot be read; its message is for the user. */
export class BadFile extends Error {}

/** Bytes: read, it takes several times as many. What a full store saves is half as long. */
const LONGEST_FILE = 256 * 1_024 * 1_024
const LONGEST_CHUNK = 256 * 1_024

/** The spans of a file that was saved here, or downloaded from Jaeger. Throws `BadFile`. */
export async function readSpans(path: string): Promise<Span[]> {
  const spans = fromJaegerJson(parseJson(await readText(path)))
  if (spans === undefined) throw new BadFile(`${path} is no file of traces, as Jaeger's page and --save write it`)
  return spans
}

/**
 * Writes all traces as Jaeger's JSON. Whoever reads the file meanwhile, and whatever happens, sees the old one or the
 * new one whole. Only the user may read it: traces tell much of an app.
 */
export async function saveTraces(store: Store, path: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  const file = await open(unfinished, 'w', 0o600)
  try {
    let text = '{"data":['
    let before = ''
    for (const trace of [...store.newest()].reverse()) {
      text += before + JSON.stringify(saveTrace(trace))
      before = ',\n'
      if (text.length < LONGEST_CHUNK) continue
      await file.write(text)
      text = ''
    }
    await file.write(`${text}],"total":0,"limit":0,"offset":0,"errors":null}\n`)
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(unfinished, { force: true })
    throw error
  }
  await file.close()
  await rename(unfinished, path)
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > LONGEST_FILE) throw new BadFile(`${path} is too long: at most 256 MiB can be read`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof BadFile) throw error
    const { code, message }: NodeJS.ErrnoException = Object(error)
    throw new BadFile(code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${code ?? message}`)
  }
}
