const answer = require('../answer')

/** Paths of every kind on the app itself. */
module.exports = (app, { Router }, { wildcard, optional, digits }) => {
  app.get('/', answer)
  app.get('/users/me', answer)
  app.get('/users/:id', answer)
  app.get('/flights/:from-:to', answer)
  app.get('/straße/:nummer', answer)
  app.get(`/optional${optional('id')}`, answer)
  app.get(`/digits${digits('id')}`, answer)
  app.get(`/files/${wildcard}`, answer)
  app.get(/^\/pattern\/(\d+)$/, answer)
  app.all('/all/:id', answer)
  app.options('/options/:id', answer)
  app.get('/head/:id', answer)
  app.post('/posts/:id', answer)
  app.route('/books/:id').get(answer).put(answer)

  const strict = Router({ strict: true })
  strict.get('/plain/:id', answer)
  strict.get(['/with/:id', '/with/:slash/'], answer)
  app.use('/strict', strict)

  const cased = Router({ caseSensitive: true })
  cased.get('/Lower/:id', answer)
  cased.get(['/Cats/:id', '/cats/:name'], answer)
  app.use('/cased', cased)
}
