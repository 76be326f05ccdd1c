import type { ClientSpan } from './client-span.js'
import { Given } from './given.js'

/** An outgoing message that is known, or its answer; its call is `null` where it is left alone. */
class NotedCall extends Given {
  #call: ClientSpan | null

  private constructor(message: object, call: ClientSpan | null) {
    super(message)
    this.#call = call
  }

  static of(message: object): ClientSpan | null | undefined {
    return #call in message ? message.#call : undefined
  }

  static on(message: object, call: ClientSpan | null): void {
    if (#call in message) message.#call = call
    else new NotedCall(message, call)
  }
}

/** The call that a message belongs to; `null` for one that is left alone, `undefined` for one that is not known. */
export function callOf(message: object): ClientSpan | null | undefined {
  return NotedCall.of(message)
}

/** From here on, a message belongs to this call. */
export function noteCall(message: object, call: ClientSpan | null): void {
  NotedCall.on(message, call)
}
