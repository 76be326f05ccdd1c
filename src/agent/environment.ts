/** The environment variables as they are now, and nothing that somebody put onto all objects. */
export function environment(): NodeJS.ProcessEnv {
  return Object.assign(Object.create(null), process.env)
}
