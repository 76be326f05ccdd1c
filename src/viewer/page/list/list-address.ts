import { createStore } from '../store.js'

/** Where the list was last looked at, to come back to. */
export const listAddress = createStore('/')
