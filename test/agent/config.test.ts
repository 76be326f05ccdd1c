import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { type Config, options, readConfig } from '../../src/agent/config.js'
import { serviceName } from '../../src/agent/service-name.js'

function configure(environment: NodeJS.ProcessEnv): { config: Config; lines: string[] } {
  const lines: string[] = []
  return { config: readConfig(environment, (line) => lines.push(line)), lines }
}

test('with no variable set every option has its default, and nothing is said', () => {
  const { config, lines } = configure({})

  const { exclude, include, clientExclude, errorStatus, serviceName, ...rest } = config
  assert.deepEqual(rest, {
    enabled: true,
    tracer: ['jaeger'],
    all: true,
    tags: [],
    operation: 'route',
    query: 'off',
    propagation: ['jaeger', 'w3c'],
    incoming: 'continue',
    debugId: false,
    client: true,
    hooks: undefined,
    patches: [],
    disable: [],
    flushTimeout: 1_000,
    flushSignals: [],
    debug: false,
  })
  assert.deepEqual([exclude, include, clientExclude], [undefined, undefined, undefined])
  assert.deepEqual([499, 500, 599, 600].map(errorStatus), [false, true, true, false])
  assert.equal(typeof serviceName, 'string')
  assert.deepEqual(lines, [])
})

test('a variable that is empty, blank or of commas alone counts as not set', () => {
  for (const nothing of ['', '  ', ',', ' , ,']) {
    const environment = Object.fromEntries(Object.values(options).map(({ variable }) => [variable, nothing]))

    const { config, lines } = configure(environment)

    assert.deepEqual(lines, [])
    assert.deepEqual(config.tracer, ['jaeger'])
    assert.equal(config.enabled, true)
    assert.equal(config.exclude, undefined)
    assert.equal(config.hooks, undefined)
  }
})

test('the options cannot be changed', () => {
  const { config } = configure({})

  assert.ok(Object.isFrozen(config))
  assert.ok(Object.isFrozen(config.tracer))
})

const good: readonly [variable: string, text: string, name: keyof Config, value: unknown][] = [
  ['TRACE_ENABLED', 'False', 'enabled', false],
  ['TRACE_ENABLED', '0', 'enabled', false],
  ['TRACE_ENABLED', 'NO', 'enabled', false],
  ['TRACE_ENABLED', ' off ', 'enabled', false],
  ['TRACE_SERVICE_NAME', ' shop ', 'serviceName', 'shop'],
  ['TRACE_TRACER', 'jaeger, console', 'tracer', ['jaeger', 'console']],
  ['TRACE_TRACER', './Tracer.js,,noop,noop', 'tracer', ['./Tracer.js', 'noop']],
  ['TRACE_ALL', 'false', 'all', false],
  ['TRACE_OPERATION', 'handler', 'operation', 'handler'],
  ['TRACE_OPERATION', 'Method', 'operation', 'method'],
  ['TRACE_QUERY', 'redact', 'query', 'redact'],
  ['TRACE_QUERY', 'full', 'query', 'full'],
  ['TRACE_PROPAGATION', 'jaeger', 'propagation', ['jaeger']],
  ['TRACE_PROPAGATION', 'jaeger,w3c', 'propagation', ['jaeger', 'w3c']],
  ['TRACE_PROPAGATION', 'w3c, jaeger', 'propagation', ['w3c', 'jaeger']],
  ['TRACE_PROPAGATION', 'B3,b3-single', 'propagation', ['b3', 'b3-single']],
  ['TRACE_INCOMING', 'restart', 'incoming', 'restart'],
  ['TRACE_DEBUG_ID', 'true', 'debugId', true],
  ['TRACE_DEBUG_ID', '1', 'debugId', true],
  ['TRACE_DEBUG_ID', 'YES', 'debugId', true],
  ['TRACE_DEBUG_ID', 'on', 'debugId', true],
  ['TRACE_CLIENT', 'false', 'client', false],
  ['TRACE_CLIENT', 'true', 'client', true],
  ['TRACE_DISABLE', 'undici, express', 'disable', ['undici', 'express']],
  ['TRACE_DISABLE', 'a\\,b,c', 'disable', ['a,b', 'c']],
  ['TRACE_FLUSH_TIMEOUT', '0', 'flushTimeout', 0],
  ['TRACE_FLUSH_TIMEOUT', '60000', 'flushTimeout', 60_000],
  ['TRACE_FLUSH_SIGNALS', 'SIGTERM,sigint', 'flushSignals', ['SIGTERM', 'SIGINT']],
  ['TRACE_DEBUG', 'true', 'debug', true],
]

for (const [variable, text, name, value] of good) {
  test(`${variable}="${text}" is taken without a word`, () => {
    const { config, lines } = configure({ [variable]: text })

    assert.deepEqual(config[name], value)
    assert.deepEqual(lines, [])
  })
}

type BadCase = readonly [variable: string, text: string, name: keyof Config, used: unknown, line: string]

const bad: readonly BadCase[] = [
  ['TRACE_ENABLED', 'nope', 'enabled', true, 'TRACE_ENABLED="nope" is not true or false; using true'],
  ['TRACE_ALL', '2', 'all', true, 'TRACE_ALL="2" is not true or false; using true'],
  [
    'TRACE_OPERATION',
    'foo',
    'operation',
    'route',
    'TRACE_OPERATION="foo" is not one of route, handler, method; using route',
  ],
  [
    'TRACE_OPERATION',
    'route,method',
    'operation',
    'route',
    'TRACE_OPERATION="route,method" is not one of route, handler, method; using route',
  ],
  ['TRACE_QUERY', 'on', 'query', 'off', 'TRACE_QUERY="on" is not one of off, redact, full; using off'],
  [
    'TRACE_PROPAGATION',
    'zipkin',
    'propagation',
    ['jaeger', 'w3c'],
    'TRACE_PROPAGATION="zipkin" is not one of jaeger, w3c, b3, b3-single; using jaeger,w3c',
  ],
  [
    'TRACE_PROPAGATION',
    'jaeger,zipkin',
    'propagation',
    ['jaeger'],
    'TRACE_PROPAGATION: "zipkin" is not one of jaeger, w3c, b3, b3-single; using the rest',
  ],
  [
    'TRACE_INCOMING',
    'trust',
    'incoming',
    'continue',
    'TRACE_INCOMING="trust" is not one of continue, restart; using continue',
  ],
  ['TRACE_DEBUG_ID', 'y', 'debugId', false, 'TRACE_DEBUG_ID="y" is not true or false; using false'],
  ['TRACE_CLIENT', 'maybe', 'client', true, 'TRACE_CLIENT="maybe" is not true or false; using true'],
  [
    'TRACE_FLUSH_SIGNALS',
    'SIGKILL',
    'flushSignals',
    [],
    'TRACE_FLUSH_SIGNALS="SIGKILL" is not a signal that can be listened to (SIGTERM); ignored',
  ],
  [
    'TRACE_FLUSH_SIGNALS',
    'SIGTERM,SIGSTOP,TERM,constructor',
    'flushSignals',
    ['SIGTERM'],
    'TRACE_FLUSH_SIGNALS: "SIGSTOP,TERM,constructor" is not a signal that can be listened to (SIGTERM); using the rest',
  ],
  ['TRACE_DEBUG', 'x\ny', 'debug', false, 'TRACE_DEBUG="x\\ny" is not true or false; using false'],
  [
    'TRACE_TAGS',
    'a..b,__proto__',
    'tags',
    [],
    'TRACE_TAGS="a..b,__proto__" is not an attribute (ip, params.id, res.locals.plan) or an alias of one (tenant=user.tenantId); ignored',
  ],
  [
    'TRACE_EXCLUDE',
    'metrics',
    'exclude',
    undefined,
    'TRACE_EXCLUDE="metrics" is not a path (/metrics), a glob (/static/*) or a regular expression (~^/v\\d+$); ignored',
  ],
  [
    'TRACE_INCLUDE',
    '~(',
    'include',
    undefined,
    'TRACE_INCLUDE="~(" is not a path (/metrics), a glob (/static/*) or a regular expression (~^/v\\d+$); ignored',
  ],
  ...['-1', '60001', '1.5', '1e3', '0x10', 'abc', 'Infinity', '9'.repeat(30)].map(
    (text) =>
      [
        'TRACE_FLUSH_TIMEOUT',
        text,
        'flushTimeout',
        1_000,
        `TRACE_FLUSH_TIMEOUT="${text}" is not a whole number from 0 to 60000; using 1000`,
      ] as const,
  ),
]

for (const [variable, text, name, used, line] of bad) {
  test(`${variable}=${JSON.stringify(text)} is named in one line, and what is allowed`, () => {
    const { config, lines } = configure({ [variable]: text })

    assert.deepEqual(config[name], used)
    assert.deepEqual(lines, [line])
  })
}

test('a bad option leaves the others as they are', () => {
  const { config, lines } = configure({ TRACE_OPERATION: 'x', TRACE_QUERY: 'full', TRACE_FLUSH_TIMEOUT: 'x' })

  assert.equal(config.query, 'full')
  assert.equal(lines.length, 2)
})

test('a long bad value is cut in its line', () => {
  const { lines } = configure({ TRACE_OPERATION: 'x'.repeat(1_000_000), TRACE_TAGS: `ip,${'.'.repeat(1_000_000)}` })

  assert.equal(lines.length, 2)
  assert.ok(lines.every((line) => line.length < 400))
})

test('an agent that is switched off says nothing of the other options', () => {
  const { lines } = configure({ TRACE_ENABLED: 'false', TRACE_OPERATION: 'x', TRACE_HOOKS: './hooks.js' })

  assert.deepEqual(lines, [])
})

test('TRACE_EXCLUDE and TRACE_INCLUDE take exact paths, globs and regular expressions', () => {
  const { config, lines } = configure({
    TRACE_EXCLUDE: ' /metrics , /static/*, ,~^/v\\d{1\\,3}/ping$,~*^/HEALTH',
    TRACE_INCLUDE: '/a',
  })

  const excluded = ['/metrics', '/static/x', '/v12/ping', '/healthz', '/v1234/ping', '/users'].map((path) =>
    config.exclude?.(path),
  )
  assert.deepEqual(excluded, [true, true, true, true, false, false])
  assert.deepEqual(
    ['/a', '/b'].map((path) => config.include?.(path)),
    [true, false],
  )
  assert.deepEqual(lines, [])
})

test('a bad path is left out, and the others stand', () => {
  const { config, lines } = configure({ TRACE_EXCLUDE: '/a,b,~(,/c' })

  assert.deepEqual(
    ['/a', '/c', 'b'].map((path) => config.exclude?.(path)),
    [true, true, false],
  )
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /^TRACE_EXCLUDE: "b,~\(" is not a path .*; using the rest$/)
})

test('TRACE_TAGS names attributes', () => {
  const { config, lines } = configure({ TRACE_TAGS: 'ip, tenant=user.tenantId,a..b' })

  assert.deepEqual(
    config.tags.map(({ name }) => name),
    ['ip', 'tenant'],
  )
  assert.equal(lines.length, 1)
})

type StatusCase = readonly [text: string, errors: readonly number[], others: readonly number[], lines: number]

const statuses: readonly StatusCase[] = [
  ['404', [404], [403, 405, 500], 0],
  ['400,404,500-599', [400, 404, 500, 599], [399, 401, 499, 600], 0],
  ['100-999', [100, 999], [99, 1_000], 0],
  ['500 - 503', [500, 503], [504], 0],
  ['404,x', [404], [500], 1],
  ...['x', '99', '1000', '599-500', '-500', '500-', '5xx', '500-1000', '5e2'].map(
    (text) => [text, [500, 599], [404, 499, 600], 1] as const,
  ),
]

for (const [text, errors, others, said] of statuses) {
  test(`TRACE_ERROR_STATUS=${text} marks ${errors} and not ${others}`, () => {
    const { config, lines } = configure({ TRACE_ERROR_STATUS: text })

    assert.deepEqual(
      errors.map(config.errorStatus),
      errors.map(() => true),
    )
    assert.deepEqual(
      others.map(config.errorStatus),
      others.map(() => false),
    )
    assert.equal(lines.length, said)
  })
}

/** A folder of files that is gone after the test. */
function folder(t: TestContext, files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tracing-config-')))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

test('the service is named by the first of three variables that is set', () => {
  const variables = { TRACE_SERVICE_NAME: 'a', JAEGER_SERVICE_NAME: 'b', OTEL_SERVICE_NAME: 'c' }

  const first = serviceName(variables, undefined)
  const second = serviceName({ ...variables, TRACE_SERVICE_NAME: ' ' }, undefined)
  const third = serviceName({ OTEL_SERVICE_NAME: 'c' }, undefined)

  assert.deepEqual(first, { name: 'a', source: 'TRACE_SERVICE_NAME' })
  assert.deepEqual(second, { name: 'b', source: 'JAEGER_SERVICE_NAME' })
  assert.deepEqual(third, { name: 'c', source: 'OTEL_SERVICE_NAME' })
})

test('the service is named after the nearest package.json that has a name', (t) => {
  const root = folder(t, {
    'package.json': '{"name":"@shop/api"}',
    'broken/package.json': '{"name":',
    'broken/app.js': '',
    'dist/package.json': '{"type":"commonjs"}',
    'dist/src/app.js': '',
    'odd/package.json': '{"name":{"not":"text"}}',
    'odd/app.js': '',
    'null/package.json': 'null',
    'null/app.js': '',
    'inner/package.json': '{"name":"inner"}',
    'inner/app.js': '',
  })

  const names = ['app.js', 'broken/app.js', 'dist/src/app.js', 'odd/app.js', 'null/app.js', 'inner/app.js', 'inner/app']
  const found = names.map((name) => serviceName({}, join(root, name)))

  const shop = { name: '@shop/api', source: join(root, 'package.json') }
  const inner = { name: 'inner', source: join(root, 'inner/package.json') }
  assert.deepEqual(found, [...Array(5).fill(shop), inner, inner])
})

test('a script behind a link belongs to the package of its real folder', (t) => {
  const root = folder(t, {
    'bin/package.json': '{"name":"bin"}',
    'real/package.json': '{"name":"real"}',
    'real/app.js': '',
  })
  symlinkSync(join(root, 'real/app.js'), join(root, 'bin/app'))

  assert.equal(serviceName({}, join(root, 'bin/app')).name, 'real')
})

test('what runs under pm2 is named after its own package', (t) => {
  const root = folder(t, {
    'pm2/package.json': '{"name":"pm2"}',
    'shop/package.json': '{"name":"shop"}',
    'shop/app.js': '',
    'till/package.json': '{"name":"till"}',
    'till/app.js': '',
  })
  const environment = { pm_exec_path: join(root, 'shop/app.js') }

  const names = ['pm2/lib/ProcessContainer.js', 'pm2/lib/ProcessContainerFork.js', 'till/app.js'].map(
    (script) => serviceName(environment, join(root, script)).name,
  )

  assert.deepEqual(names, ['shop', 'shop', 'till'])
})

test('a script without a package names the service', (t) => {
  const root = folder(t, { 'worker.service.mjs': '' })

  const found = serviceName({}, join(root, 'worker.service.mjs'))

  assert.deepEqual(found, { name: 'worker.service', source: 'the script' })
})

test('without a script the service is named after the working directory, and at last node', (t) => {
  const root = folder(t, { 'shop/package.json': '{"name":"shop"}' })
  const before = process.cwd()
  t.after(() => process.chdir(before))

  process.chdir(join(root, 'shop'))
  assert.equal(serviceName({}, undefined).name, 'shop')

  process.chdir(root)
  assert.equal(serviceName({}, undefined).name, 'node')
})

test('the name of the service is looked up when it is first asked for, once', () => {
  const environment: NodeJS.ProcessEnv = {}
  const config = readConfig(environment, () => {})
  const { variable } = options.serviceName

  environment[variable] = 'late'
  const first = config.serviceName
  environment[variable] = 'later'

  assert.equal(first, 'late')
  assert.equal(config.serviceName, 'late')
})

test('docs/configuration.md lists the options of the table, and no others', () => {
  const text = readFileSync(join(__dirname, '../../../docs/configuration.md'), 'utf8')

  const documented = [...text.matchAll(/^\| `(TRACE_\w+)` *\|(.*?)\| (.*) \|$/gm)].map(([, variable, value, help]) => ({
    variable,
    default: value?.trim().replace(/^`([^`]*)`$/, '$1'),
    help: help?.trim(),
  }))

  const defined = Object.values(options).map(({ variable, default: value, help }) => ({
    variable,
    default: value,
    help,
  }))
  assert.deepEqual(documented, defined)
})

test('every variable that docs/configuration.md mentions exists', () => {
  const text = readFileSync(join(__dirname, '../../../docs/configuration.md'), 'utf8')
  const variables = new Set(Object.values(options).map(({ variable }) => variable))

  const unknown = [...text.matchAll(/TRACE_[A-Z_]+/g)].map(String).filter((name) => !variables.has(name))

  assert.deepEqual(unknown, [])
})
