import { ComparePage } from './compare/compare-page.js'
import { Footer } from './frame/footer.js'
import { Header } from './frame/header.js'
import { KeyHelp } from './frame/key-help.js'
import { ListPage } from './list/list-page.js'
import { Notice } from './parts/notice.js'
import { usePlace } from './place.js'
import { ServicesPage } from './services/services-page.js'
import { TracePage } from './trace/trace-page.js'

/** The whole page: one of its views between header and footer. */
export function App() {
  return (
    <>
      <Header />
      <View />
      <Footer />
      <KeyHelp />
    </>
  )
}

function View() {
  const { path } = usePlace()
  const [name, first, second] = path
  if (name === undefined) return <ListPage />
  if (name === 'trace' && first !== undefined) return <TracePage key={first} id={first} />
  if (name === 'compare' && first !== undefined && second !== undefined)
    return <ComparePage key={`${first}/${second}`} left={first} right={second} />
  if (name === 'services') return <ServicesPage />
  return (
    <Notice title="There is no such page">
      <a href="/">All traces</a>
    </Notice>
  )
}
