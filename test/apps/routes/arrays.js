const answer = require('../answer')

/** Several paths at once. */
module.exports = (app, { Router }, { optional }) => {
  app.get(['/cats', '/dogs/:name'], answer)
  app.get([['/fruit/:fruit', ['/roots/:root']], '/leaves/:leaf'], answer)
  app.get([/^\/numbers\/\d+$/, '/words/:word'], answer)
  app.get([/^\/global\/\d+$/g, '/global'], answer)
  app.get(['/only/:one'], answer)
  app.route(['/shirts/:id', '/shoes/:id']).get(answer)

  const versions = Router({ mergeParams: true })
  versions.get('/status', answer)
  versions.get(['/items/:item', '/things/:thing'], answer)
  app.use(['/v1', '/v2/:region', /^\/v[34]/], versions)
  app.use([['/x1', ['/x2/']], '/x3'], versions)

  const homes = Router()
  homes.get('/homes/:home', answer)
  app.use(`/languages${optional('language')}`, homes)

  const first = Router()
  first.get('/status', answer)
  app.use(['/either/:any', '/either/one'], first)

  const root = Router()
  root.get('/rooted/:id', answer)
  app.use(['/branch', '/'], root)
}
