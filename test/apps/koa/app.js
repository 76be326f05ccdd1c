const Router = require('@koa/router')
const Koa = require('koa')

const app = new Koa()
const users = new Router()
users.get('/users/:id', (ctx) => {
  ctx.body = ctx.params.id
})
const orders = new Router({ prefix: '/orders' })
orders.get('/:order', (ctx) => {
  ctx.body = ctx.params
})
const shops = new Router()
shops.use('/shops/:shop', orders.routes())
app.use(users.routes()).use(shops.routes())

const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
