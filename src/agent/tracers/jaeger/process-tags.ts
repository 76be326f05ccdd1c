import { quote, say } from '../../log.js'

/**
 * The tags of the whole process, from `JAEGER_TAGS=key=value,key=${VARIABLE:default}`. An entry that is no such pair
 * is left out, with a word to the user; one whose variable is not set, without.
 */
export function readProcessTags(environment: NodeJS.ProcessEnv): Record<string, string> {
  const { JAEGER_TAGS = '' } = environment
  const tags: Record<string, string> = {}
  for (const entry of JAEGER_TAGS.split(',')) {
    if (entry.trim() === '') continue
    const [, key = '', text = ''] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(entry) ?? []
    if (key === '') {
      say(`JAEGER_TAGS=${quote(entry)} is not key=value; using the other entries`)
      continue
    }
    const value = expand(text, environment)
    if (value !== undefined) tags[key] = value
  }
  return tags
}

function expand(text: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (!text.startsWith('${') || !text.endsWith('}')) return text
  const [, name = '', byDefault] = /^([^:]*)(?::(.*))?$/s.exec(text.slice(2, -1)) ?? []
  return environment[name] || byDefault || environment[name]
}
