import { type Peer, testFleet } from './fleet.js'

const zipkin: Peer = {
  name: 'Zipkin',
  command: [process.execPath, 'service.js'],
  folder: 'zipkin',
  environment: ({ zipkinEndpoint }) => ({ SERVICE_NAME: 'theirs', ZIPKIN_ENDPOINT: zipkinEndpoint }),
  spans: ['theirs server', 'theirs client'],
  options: { TRACE_PROPAGATION: 'b3,b3-single' },
}

testFleet(zipkin)
