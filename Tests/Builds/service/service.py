"""A service that says what it finds in its container, answers on /health, and stops when it is told to."""

import argparse
import ctypes
import http.server
import json
import os
import pathlib
import signal
import subprocess
import sys

import click
import packaging.version


def runtime_version():
    version = ctypes.c_int()
    ctypes.CDLL("libcudart.so.12").cudaRuntimeGetVersion(ctypes.byref(version))
    return version.value


def facts():
    state = pathlib.Path("/var/lib/service/started")
    state.write_text("yes", encoding="utf-8")
    return {
        "uid": os.getuid(),
        "gid": os.getgid(),
        "process": os.getpid(),
        "folder": os.getcwd(),
        "python": sys.prefix,
        "environment": dict(os.environ),
        "runtime": runtime_version(),
        "devices": subprocess.run(["devices"], capture_output=True, text=True, check=False).stdout,
        "packages": [click.__version__, str(packaging.version.Version("24.2"))],
        "lines": pathlib.Path("/srv/lines").read_text(encoding="utf-8").splitlines(),
        "owners": [pathlib.Path(path).stat().st_uid for path in ("/srv/data/nested/two", "/app/service.py")],
        "arguments": sys.argv[1:],
    }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, form, *arguments):
        """Health checks are not worth a line."""


def stop(number, _):
    print(f"stopped by {signal.Signals(number).name}", flush=True)
    sys.exit(0)


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)
parser.add_argument("--once", action="store_true")
options = parser.parse_args()
signal.signal(signal.SIGINT, stop)
print(json.dumps(facts()), flush=True)
if not options.once:
    http.server.HTTPServer(("127.0.0.1", options.port), Handler).serve_forever()
