/** The environment variables, and nothing that somebody put onto all objects. */
export function environment(): NodeJS.ProcessEnv {
  return new Proxy(process.env, {
    get: (variables, name) => (Object.hasOwn(variables, name) ? Reflect.get(variables, name) : undefined),
  })
}
