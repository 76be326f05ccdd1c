"""A Flask app, traced by Flask-OpenTracing, that calls the service which the query names and hands on its answer."""

import os
from urllib.request import Request, urlopen

from flask import Flask, jsonify, request
from flask_opentracing import FlaskTracing
from jaeger_client import Config
from opentracing import Format
from werkzeug.serving import make_server

tracer = Config(
    config={
        "sampler": {"type": "const", "param": 1},
        "local_agent": {"reporting_host": "127.0.0.1", "reporting_port": int(os.environ["JAEGER_COMPACT_PORT"])},
        "reporter_flush_interval": 0.1,
    },
    service_name=os.environ["SERVICE_NAME"],
    validate=True,
).initialize_tracer()

app = Flask(__name__)
tracing = FlaskTracing(tracer, True, app)


@app.get("/fetch")
def fetch():
    headers = {}
    tracer.inject(tracing.get_span(), Format.HTTP_HEADERS, headers)
    with urlopen(Request(request.args["then"], headers=headers)) as response:
        return response.read()


@app.get("/end")
def end():
    return jsonify(tracing.get_span().context.baggage)


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"listening on {server.port}", flush=True)
server.serve_forever()
