import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { express4Shapes, expressShapes, handlers, shapes } from './shapes.js'
import { assertNames, type Major, type Shape } from './table.js'

const common: readonly Shape[] = [...shapes, ...handlers, ...expressShapes]
const releases: readonly [folder: string, major: Major, table: readonly Shape[]][] = [
  ['express-4.16', 4, [...common, ...express4Shapes]],
  ['express-4', 4, [...common, ...express4Shapes]],
  ['express-5.0', 5, common],
  ['express-5', 5, common],
]

for (const [folder, major, table] of releases) {
  for (const [script, how] of [
    ['app.js', 'required'],
    ['app.mjs', 'imported'],
  ]) {
    test(`${folder}, ${how}: a request is named after the route that answers it`, async (t) => {
      const app = await startApp(t, `${folder}/${script}`, { args: ['routes'] })

      await assertNames(t, app, table, major, 'express')
    })
  }
}
