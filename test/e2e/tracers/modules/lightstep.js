// LightStep's tracer, as its own documentation makes it.
const { Tracer } = require('lightstep-tracer')

const { hostname, port } = new URL(process.env.COLLECTOR)

module.exports = new Tracer({
  access_token: 'none',
  component_name: process.env.SERVICE,
  collector_host: hostname,
  collector_port: Number(port),
  collector_encryption: 'none',
  max_reporting_interval_millis: 50,
  delay_initial_report_millis: 0,
  disable_clock_skew_correction: true,
})
