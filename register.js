'use strict'

// All that `node -r tracing/register` runs, in words that a Node too old for the agent understands as well.
// The agent is three files: Node takes longer to find forty than to run them. A script that has nothing to trace needs
// the first, and an app that serves nothing no more than two.
try {
  const { TRACE_ENABLED = '' } = process.env
  const isOff = /^\s*(false|0|no|off)\s*$/i.test(TRACE_ENABLED)
  const isTooOld = Number(process.versions.node.split('.')[0]) < 18
  if (isTooOld && !isOff)
    console.error('tracing: Node %s is too old, 18 is needed; nothing is traced', process.versions.node)
  if (!isTooOld && !isOff) require('./dist/preload').preload()
} catch (error) {
  console.error('tracing: could not start, nothing is traced: %s', String(error).split('\n')[0])
}
