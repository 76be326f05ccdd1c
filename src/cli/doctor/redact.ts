import { quote } from '../../agent/log.js'
import { isSecret, REDACTED } from '../../agent/secrets.js'

/** The value of a variable as it may be shown: in quotes, without what could be a secret. */
export function shown(variable: string, value: string): string {
  return isSecret(variable) ? REDACTED : quote(withoutSecrets(variable, value))
}

/** Text without the credentials of the URLs in it. */
export function withoutCredentials(text: string): string {
  // A password may itself have an @, or a slash.
  return text.replace(/\/\/[^\s"]*@/g, '//…@')
}

function withoutSecrets(variable: string, value: string): string {
  if (/HEADERS$/.test(variable)) return pairs(value, () => true)
  if (/(TAGS|ATTRIBUTES)$/.test(variable)) return pairs(value, isSecret)
  if (variable.startsWith('TRACE_')) return withoutCredentials(value)
  return value.replace(/^(\w+:\/\/)?.*@/s, '$1…@').replace(/\?.*/s, '?…')
}

/** `name=value,name=value`, without the values of what `hides`, and of what is no such pair. */
function pairs(value: string, hides: (name: string) => boolean): string {
  return value
    .split(',')
    .map((pair) => {
      const [, name] = /^([^=]*)=/.exec(pair) ?? []
      if (name === undefined) return REDACTED
      return hides(name) ? `${name}=${REDACTED}` : withoutCredentials(pair)
    })
    .join(',')
}
