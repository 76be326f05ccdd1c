/** What the page kept under a name in an earlier visit; `undefined` where there is nothing, or nothing may be kept. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`tracing.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps it for the next visit, where the browser lets it. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`tracing.${name}`, value)
  } catch {
    // Storage is switched off or full: the next visit starts anew.
  }
}
