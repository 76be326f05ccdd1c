const { Socket } = require('node:dgram')

// A system that sends no packet of more than 9,216 bytes, as BSDs are until told otherwise.
const LONGEST = 9_216
const { send } = Socket.prototype
Socket.prototype.send = function (...args) {
  const [message] = args
  if (message.length <= LONGEST) return Reflect.apply(send, this, args)
  process.nextTick(args.at(-1), Object.assign(new Error('send EMSGSIZE'), { code: 'EMSGSIZE' }))
}
