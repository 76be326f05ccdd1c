import { type Config, readConfig } from '../../agent/config.js'
import { Hooks } from '../../agent/hooks.js'
import { hear, reason } from '../../agent/log.js'
import { serviceName } from '../../agent/service-name.js'
import { loadPatches } from '../../agent/user-patches.js'
import { patches } from '../../patches/index.js'
import { type Command, UsageError } from '../command.js'
import { backend } from './backend.js'
import { type Finding, type Section, sectionLines } from './finding.js'
import { installation } from './installation.js'
import { optionFindings } from './options.js'
import { packages } from './packages.js'
import { preload } from './preload.js'
import { probe } from './probe.js'
import { variableFindings, watchReads } from './variables.js'
import { verdict } from './verdict.js'

/** How lines about a variable begin. */
const ABOUT_OPTIONS = /^(TRACE|JAEGER|OTEL)_/

/** `npx tracing doctor`: says what stands between an app in this folder and its traces. */
export const doctor: Command = {
  takes: '[--all]',
  help: 'looks for what keeps traces from arriving: at the installation, the options, the packages, and the backend, to which it sends a span. --all lists every option. Ends with 1 where no trace would arrive.',

  async run(words, terminal) {
    const unknown = words.find((word) => word !== '--all')
    if (unknown !== undefined) throw new UsageError(`doctor takes --all, not ${JSON.stringify(unknown)}`)
    const all = words.length > 0
    const [folder, environment] = [process.cwd(), process.env]
    const findings: Finding[] = []
    const print = (section: Section) => {
      findings.push(...section.findings)
      terminal.print(sectionLines(section, terminal))
    }

    const read = watchReads()
    const said = listen()
    const service = serviceName(process.env, undefined)
    const config: Config = { ...readConfig(environment, () => {}), serviceName: service.name }
    print({ title: 'Installation', findings: [...installation(folder), ...preload(environment, folder)] })
    const own = loadPatches(config.patches)
    print({ title: 'What can be traced', findings: packages([...patches, ...own], config, folder) })
    if (config.hooks !== undefined) new Hooks(config.hooks).load()

    const sent = await probe(config)
    const aboutOptions = said.filter((line) => ABOUT_OPTIONS.test(line))
    const others = said.filter((line) => !ABOUT_OPTIONS.test(line))
    print({
      title: 'Options',
      findings: [
        { grade: 'good', subject: 'service', text: `${JSON.stringify(service.name)} (${service.source})` },
        ...optionFindings(environment, config, aboutOptions, all),
        ...variableFindings(environment, read, aboutOptions),
      ],
    })
    print({ title: 'Backend', findings: backend(sent, config, environment, others) })

    terminal.print(terminal.row('', verdict(findings, sent, service.name), 0))
    return findings.some(({ grade }) => grade === 'bad') ? 1 : 0
  },
}

/** What the agent says from now on, and what goes wrong in a tracer where nobody can catch it. */
function listen(): readonly string[] {
  const said: string[] = []
  hear((line) => said.push(line))
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error) => said.push(`the tracer failed: ${reason(error)}`))
  return said
}
