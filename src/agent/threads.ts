/** Node runs loaders in threads of its own, and preloads into those too: only they have no port to a parent. */
export function isLoaderThread(): boolean {
  if (isMainThread()) return false
  const { parentPort }: typeof import('node:worker_threads') = require('node:worker_threads')
  return parentPort === null
}

/** Only the main thread can change the folder. To load `worker_threads` there replaces `process.chdir`. */
export function isMainThread(): boolean {
  return !('disabled' in process.chdir)
}
