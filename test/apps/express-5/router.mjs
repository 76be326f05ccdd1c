import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const express = createRequire(import.meta.url).resolve('express')
const { default: Router } = await import(pathToFileURL(createRequire(express).resolve('router')))
const { default: serve } = await import('../router.js')

const server = serve(Router, 5).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
