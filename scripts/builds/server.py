"""NVIDIA's server on loopback: HTTPS under its own name, with a certificate of a test CA."""

import functools
import http.server
import pathlib
import random
import ssl
import subprocess
import threading

HOST = "developer.download.nvidia.com"


class TestCA:
    """A certificate authority that lives as long as its folder."""

    def __init__(self, folder):
        folder.mkdir(parents=True)
        self.certificate, self.server, self.key = folder / "ca.crt", folder / "server.crt", folder / "server.key"
        openssl = functools.partial(subprocess.run, check=True, capture_output=True, cwd=folder)
        openssl(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                 "/CN=cudagen test CA", "-keyout", "ca.key", "-out", "ca.crt"])
        openssl(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}", "-keyout", "server.key",
                 "-out", "server.csr"])
        (folder / "extensions").write_text(f"subjectAltName=DNS:{HOST}\n", encoding="utf-8")
        openssl(["openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
                 "-days", "2", "-extfile", "extensions", "-out", "server.crt"])


class _Server(http.server.ThreadingHTTPServer):
    def shutdown_request(self, request):
        # apt 3 takes an end without TLS's own goodbye for a broken answer.
        try:
            request.unwrap()
        except OSError:
            pass
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        """Clients that hang up are no news."""


class Server:
    """Serves one state of the repositories at a time; `requests` are the paths that were asked for."""

    def __init__(self, repositories, authority):
        self.repositories, self.state, self.requests = pathlib.Path(repositories), "today", []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.server, authority.key)
        server, outer = None, self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __init__(self, *arguments, **options):
                super().__init__(*arguments, directory=outer.repositories / outer.state, **options)

            def log_message(self, form, *arguments):
                outer.requests.append(form % arguments)

        # An address of its own on loopback: other servers and other runs of this check keep theirs.
        for _ in range(20):
            self.address = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(2, 254)}"
            try:
                server = _Server((self.address, 443), Handler)
                break
            except PermissionError:
                raise
            except OSError:
                continue
        if server is None:
            raise OSError("port 443 is taken on every address of loopback: stop the server that listens on all addresses")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.server = server
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
