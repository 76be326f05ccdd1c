import dns from 'node:dns'

/** As it is now, before anybody wraps it. */
const { lookup } = dns

type Answer = (error: NodeJS.ErrnoException | null, address: string | dns.LookupAddress[], family?: number) => void

/** Who waits for the address of a name, by name and options. */
const waiting = new Map<string, Answer[]>()

/**
 * `dns.lookup`, but for a name that is being looked up already: its answer is waited for. A look-up that hangs cannot
 * be called off, and takes one of the two threads that all look-ups of the process share.
 */
export function lookUpOnce(name: string, options: dns.LookupOptions, answer: Answer): void {
  const { family = 0, hints = 0, all = false } = options
  const key = [name, family, hints, all].join()
  const others = waiting.get(key)
  if (others !== undefined) {
    others.push(answer)
    return
  }
  const answers = [answer]
  waiting.set(key, answers)
  lookup(name, options, (error, address, family) => {
    waiting.delete(key)
    for (const answer of answers) answer(error, address, family)
  })
}
