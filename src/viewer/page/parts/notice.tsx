import type { ComponentChildren } from 'preact'

/** A sentence where there is nothing to show, and what to do next. */
export function Notice({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <main class="notice">
      <h1>{title}</h1>
      {children}
    </main>
  )
}
