const http = require('node:http')
const { once } = require('node:events')

const [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, u] = process.env.CANARIES.split(',')

/** Plants secrets wherever calls have a place for them. */
async function ask(port) {
  const at = `127.0.0.1:${port}`
  const calls = [
    () => http.get(`http://${a}:${b}@${at}/login?token=${c}`),
    () => http.get({ host: '127.0.0.1', port, auth: `user:${d}`, path: `/login?q=${e}#${f}` }),
    () => http.get({ host: '127.0.0.1', port, path: '/login', headers: { authorization: `Bearer ${g}`, cookie: h } }),
    () => http.get({ host: '127.0.0.1', port, path: '/login', headers: ['Host', at, 'X-Api-Key', i, 'Cookie', j] }),
    () => http.request({ host: '127.0.0.1', port, path: '/upload', method: 'POST' }).end(`password=${k}`),
    () => http.get({ host: '127.0.0.1', port, path: `http://${l}:${m}@${at}/proxied?key=${n}` }),
    () => http.get({ host: '127.0.0.1', port, path: '/login', headers: { 'x-custom': o } }),
  ]
  for (const call of calls) {
    const [res] = await once(call(), 'response')
    await once(res.resume(), 'end')
  }
  const fetches = [
    [`http://${at}/login?token=${p}#x`],
    [`http://${at}/login`, { headers: { authorization: `Basic ${q}`, cookie: r } }],
    [`http://${at}/upload`, { method: 'POST', body: s }],
    [`http://${at}/login`, { headers: { 'set-cookie': u } }],
  ]
  for (const [url, init] of fetches) await (await fetch(url, init)).text()
  return calls.length + fetches.length
}

const server = http.createServer(async (req, res) => {
  if (req.url === '/ask') return res.end(String(await ask(server.address().port)))
  let body = ''
  for await (const chunk of req) body += chunk
  const answer = JSON.stringify([req.url, req.rawHeaders, body, 'planted'])
  const [, basic = ''] = /Basic ([\w=+/]+)/.exec(answer) ?? []
  console.log(answer, Buffer.from(basic, 'base64').toString())
  res.setHeader('set-cookie', answer).end(answer)
})
console.log(f)
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
