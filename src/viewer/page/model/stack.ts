/** A line of an error's stack. */
export interface StackLine {
  readonly text: string
  /** Whether it is a call in the app's own code, and not in a package or in Node. */
  readonly isOwn: boolean
}

/** The lines of a stack as they were, the app's own calls told from those of packages and of Node. */
export function stackLines(stack: string): StackLine[] {
  return stack.split(/\r?\n/u).map((text) => ({ text, isOwn: isFrame(text) && !isForeign(text) }))
}

function isFrame(line: string): boolean {
  return /^\s+at\s/u.test(line)
}

function isForeign(line: string): boolean {
  return /[\\/]node_modules[\\/]|\bnode:|\(internal\/|<anonymous>\)?$|\bnative\b/u.test(line)
}
