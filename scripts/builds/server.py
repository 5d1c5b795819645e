"""Servers on loopback: NVIDIA's under its own name, and a site's mirror; HTTPS with a certificate of a test CA."""

import base64
import functools
import http.server
import pathlib
import random
import ssl
import subprocess
import threading
import urllib.error
import urllib.request

HOST = "developer.download.nvidia.com"
MIRROR = "mirror.example.com"


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
        (folder / "extensions").write_text(f"subjectAltName=DNS:{HOST},DNS:{MIRROR}\n", encoding="utf-8")
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


class _Encrypted:
    """A server with TLS on an address of loopback."""

    def listen(self, authority, handler):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.server, authority.key)
        server = None
        # An address of its own on loopback: other servers and other runs of this check keep theirs.
        for _ in range(20):
            self.address = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(2, 254)}"
            try:
                server = _Server((self.address, 443), handler)
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


class Server(_Encrypted):
    """Serves one state of the repositories at a time; `requests` are the paths that were asked for."""

    def __init__(self, repositories, authority):
        self.repositories, self.state, self.requests = pathlib.Path(repositories), "today", []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __init__(self, *arguments, **options):
                super().__init__(*arguments, directory=outer.repositories / outer.state, **options)

            def log_message(self, form, *arguments):
                outer.requests.append(form % arguments)

        self.listen(authority, Handler)


class MirrorServer(_Encrypted):
    """A site's mirror: files of `folder`, and Debian's archives as this machine reaches them.

    All of it wants a password, but for what begins with one of the paths `public`: dnf reads no file of passwords.
    """

    def __init__(self, folder, authority, archives, login, public=()):
        expected = "Basic " + base64.b64encode(":".join(login).encode()).decode()

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __init__(self, *arguments, **options):
                super().__init__(*arguments, directory=folder, **options)

            def log_message(self, form, *arguments):
                """Nobody reads it."""

            def do_GET(self):
                if self.headers.get("Authorization") != expected and not self.path.startswith(public):
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="mirror"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                name = self.path.split("/")[1]
                if name not in archives:
                    super().do_GET()
                    return
                upstream = archives[name].rstrip("/") + self.path.removeprefix("/" + name)
                try:
                    with urllib.request.urlopen(upstream, timeout=60) as answer:
                        data = answer.read()
                except urllib.error.HTTPError as error:
                    self.send_error(error.code)
                    return
                except OSError:
                    self.send_error(502)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.listen(authority, Handler)
