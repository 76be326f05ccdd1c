import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Api, Resources, Sdk, Serializers, Shim } from './sdk.js'

/** OpenTelemetry's packages, of the second major release: the last that has an OpenTracing shim. */
export interface Packages {
  readonly api: Api
  readonly resources: Resources
  readonly sdk: Sdk
  readonly serializers: Serializers
  readonly shim: Shim
}

/** By the name in `Packages`: the package, the release that `npm install` is to get, and what must be in it. */
const wanted: Record<keyof Packages, readonly [name: string, release: string, member: string]> = {
  api: ['@opentelemetry/api', '1.9', 'trace'],
  serializers: ['@opentelemetry/otlp-transformer', '0.223', 'ProtobufTraceSerializer'],
  resources: ['@opentelemetry/resources', '2', 'resourceFromAttributes'],
  sdk: ['@opentelemetry/sdk-trace-base', '2', 'BasicTracerProvider'],
  shim: ['@opentelemetry/shim-opentracing', '2', 'TracerShim'],
}

/** The packages, all from the app's working directory or all from beside the agent. Throws how to get what is missing. */
export function loadPackages(): Packages {
  const fromApp = loadAll(createRequire(join(process.cwd(), 'tracer.js')))
  if (fromApp.missing.length === 0) return fromApp.packages
  const fromHere = loadAll(createRequire(__filename))
  if (fromHere.missing.length === 0) return fromHere.packages
  throw new Error(`run \`npm install ${fromApp.missing.join(' ')}\``)
}

function loadAll(require: NodeJS.Require): { packages: Packages; missing: readonly string[] } {
  const missing: string[] = []
  const load = ([name, release, member]: readonly [string, string, string]) => {
    try {
      const loaded = require(name)
      if (member in loaded) return loaded
    } catch {
      // Not there, or not for this Node.
    }
    missing.push(`${name}@${release}`)
  }
  const packages: Packages = {
    api: load(wanted.api),
    resources: load(wanted.resources),
    sdk: load(wanted.sdk),
    serializers: load(wanted.serializers),
    shim: load(wanted.shim),
  }
  return { packages, missing }
}
