import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './app.js'

/** The code that a page of `docs` shows for a file, which the first line of the block names in a comment. */
export function codeBlock(page: string, file: string): string {
  const text = readFileSync(join(root, 'docs', `${page}.md`), 'utf8')
  for (const [, block = ''] of text.matchAll(/```js\n([\s\S]*?)```/g))
    if (block.startsWith(`// ${file}\n`)) return block
  throw new Error(`docs/${page}.md shows no ${file}`)
}
