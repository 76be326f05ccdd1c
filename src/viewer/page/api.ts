import type { Counts, Dependency, JaegerTrace, Summary } from './model/jaeger.js'

/** The traces that a query of the API finds, newest first. */
export async function fetchSummaries(query: URLSearchParams): Promise<{ data: Summary[]; counts?: Counts }> {
  return read(await fetch(`/api/summaries?${query}`))
}

/** A trace, or `undefined` where the viewer does not know it. */
export async function fetchTrace(id: string): Promise<JaegerTrace | undefined> {
  const response = await fetch(`/api/traces/${encodeURIComponent(id)}`)
  // What is no id is no trace's.
  if (response.status === 404 || response.status === 400) return undefined
  const { data }: { data: JaegerTrace[] } = await read(response)
  return data[0]
}

export async function fetchServices(): Promise<string[]> {
  return dataOf(await fetch('/api/services'))
}

export async function fetchOperations(service: string): Promise<string[]> {
  return dataOf(await fetch(`/api/services/${encodeURIComponent(service)}/operations`))
}

export async function fetchDependencies(): Promise<Dependency[]> {
  return dataOf(await fetch('/api/dependencies'))
}

/** Hands a file of Jaeger's JSON to the viewer. Answers the ids of its traces. */
export async function sendTraces(file: Blob): Promise<string[]> {
  return dataOf(await fetch('/api/traces', { method: 'POST', body: file }))
}

/** Makes the viewer forget all traces. */
export async function clearTraces(): Promise<void> {
  await read(await fetch('/api/traces', { method: 'DELETE' }))
}

async function dataOf<Data>(response: Response): Promise<Data> {
  const { data }: { data: Data } = await read(response)
  return data
}

/** Throws what the viewer says is wrong. */
async function read<Body>(response: Response): Promise<Body> {
  const body: Body & Envelope = await response.json()
  if (response.ok) return body
  throw new Error(body.errors?.[0]?.msg ?? `the viewer answered ${response.status}`)
}

interface Envelope {
  readonly errors?: readonly { readonly msg: string }[] | null
}
