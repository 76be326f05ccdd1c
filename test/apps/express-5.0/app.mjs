import express from 'express'

const { default: define } = await import(`../${process.argv[2]}.js`)

const server = define(express, 5).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
