import { render } from 'preact'
import { fetchServices } from './api.js'
import { App } from './app.js'
import { listenToKeys } from './keys.js'
import { listen } from './live.js'
import { followLinks } from './place.js'
import { learnServices } from './service-colours.js'
import { applyTheme } from './theme.js'

applyTheme()
followLinks()
listenToKeys()
listen()
// Before anything is drawn, so that a service has its colour on whichever page it is seen first.
fetchServices()
  .then(learnServices, () => {})
  .then(() => render(<App />, document.body))
