import Router from 'router'

const { default: serve } = await import('../router.js')

const server = serve(Router, 4).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
