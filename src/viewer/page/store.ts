import { useEffect, useState } from 'preact/hooks'

/** A value that components follow. */
export interface Store<Value> {
  get(): Value
  set(value: Value): void
  /** Answers how to stop it. */
  subscribe(listener: (value: Value) => void): () => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  const listeners = new Set<(value: Value) => void>()
  let current = initial
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of [...listeners]) listener(value)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The store's value, now and after each change. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState<{ current: Value }>({ current: store.get() })
  useEffect(() => {
    const follow = (current: Value) => setValue({ current })
    follow(store.get())
    return store.subscribe(follow)
  }, [store])
  return value.current
}
