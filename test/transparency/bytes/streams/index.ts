import { chunks } from './chunks.js'
import { departures } from './departures.js'
import { handshakes } from './handshakes.js'
import { heads } from './heads.js'
import { particular } from './particular.js'
import { pipelines } from './pipelines.js'
import { protocols } from './protocols.js'
import { requests } from './requests.js'
import { smuggling } from './smuggling.js'
import type { Stream, Streams } from './stream.js'
import { targets } from './targets.js'
import { timeouts } from './timeouts.js'

/** What every app meets. */
const everywhere: Streams = {
  ...requests,
  ...chunks,
  ...smuggling,
  ...heads,
  ...targets,
  ...protocols,
  ...handshakes,
  ...pipelines,
  ...departures,
}

/** The streams that are played to an app of `bytes/apps`. */
export function streamsOf(app: string): readonly (readonly [name: string, stream: Stream])[] {
  return Object.entries(app === 'timeouts' ? timeouts : { ...everywhere, ...particular[app] })
}
