const express = require('express')
const define = require(`../${process.argv[2]}`)

const server = define(express, 4).listen(process.env.PORT, () => {
  console.log(`listening on ${server.address().port}`)
})
