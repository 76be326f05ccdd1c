import type { BuiltInPatch } from '../agent/built-in.js'
import { scopeHere } from '../agent/context.js'
import { wrap } from '../agent/wrap.js'

/** Tells which requests Express serves. Their routes are told by its router. */
export const express: BuiltInPatch<object> = {
  module: 'express',
  file: 'lib/application',
  versions: '>=4.16 <6',

  patch(application) {
    wrap(application, 'handle', (handle) => {
      return function (...args) {
        scopeHere(args[0])?.request?.servedBy('express')
        return Reflect.apply(handle, this, args)
      }
    })
  },
}
