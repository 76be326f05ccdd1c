import { useMemo } from 'preact/hooks'
import { Notice } from '../parts/notice.js'
import { CallTable } from './call-table.js'
import { ServiceGraph } from './service-graph.js'
import { type Services, useServices } from './use-services.js'

const MOST_DRAWN = 120

/** The services, and which of them call which. */
export function ServicesPage() {
  const services = useServices()
  if (services === 'loading') return <main />
  if (services === 'failed') return <Notice title="The viewer does not answer">Is it still running?</Notice>
  if (services.names.length === 0)
    return (
      <Notice title="No service yet">
        <p>Services show up with their first trace.</p>
        <a href="/">How to send one</a>
      </Notice>
    )
  return <Loaded services={services} />
}

function Loaded({ services: { names, calls } }: { services: Services }) {
  const drawn = useMemo(() => names.slice(0, MOST_DRAWN), [names])
  return (
    <main class="services-page">
      <section class="graph-scroll" aria-label="Graph of services">
        <ServiceGraph names={drawn} calls={calls} />
      </section>
      <section class="calls">
        <h2>Calls</h2>
        <CallTable calls={calls} />
      </section>
    </main>
  )
}
