/** Answers with what a handler sees of the request. */
module.exports = function answer(req, res) {
  const { method, url, originalUrl, baseUrl, params, loaded } = req
  res.setHeader('content-type', 'application/json')
  res.end(JSON.stringify({ method, url, originalUrl, baseUrl, params, loaded }))
}
