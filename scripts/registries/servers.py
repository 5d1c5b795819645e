"""The servers of the check: docker-registry with each kind of authentication, a server of tokens, a proxy with faults."""

import base64
import http.client
import http.server
import json
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse

# Made once with `htpasswd -nbB`; the password has what is special in base64's text, JSON and curl's configuration.
USER, PASSWORD = "reader", 'pass:word"\\ x'
HTPASSWD = "reader:$2y$05$8165IsRi3EUJtBD8llefa.3DMYrHh34BG9qgmRCyPlJuh5dYYzA9.\n"
IDENTITY_TOKEN = "identity-token-7c1f"
SERVICE, ISSUER = "check-registry", "check-registry-tokens"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def openssl(*words, data=None):
    return subprocess.run(
        ["openssl", *words], check=True, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def certificates(folder):
    """A private authority, and a certificate of it for this machine."""
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=check-registry authority",
            "-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.crt"))
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1",
            "-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.csr"))
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:registry.example.com\n")
    openssl("x509", "-req", "-days", "2", "-in", str(folder / "tls.csr"), "-CA", str(folder / "ca.crt"),
            "-CAkey", str(folder / "ca.key"), "-CAcreateserial", "-extfile", str(folder / "san"),
            "-out", str(folder / "tls.crt"))


class Registry:
    """docker-registry, as a process of its own; all of them share one store."""

    def __init__(self, work, name, tls=False, auth=""):
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        settings = f"""version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage:
  filesystem: {{rootdirectory: {work}/store}}
http:
  addr: {self.address}
  secret: check-registry
"""
        if tls:
            settings += f"  tls: {{certificate: {work}/tls.crt, key: {work}/tls.key}}\n"
        path = work / f"{name}.yml"
        path.write_text(settings + auth)
        self.log = open(work / f"{name}.log", "wb")
        self.process = subprocess.Popen(
            ["docker-registry", "serve", str(path)], stdout=self.log, stderr=self.log, cwd=work)

    def wait(self):
        for _ in range(200):
            if self.process.poll() is not None:
                raise SystemExit(f"docker-registry ended: see {self.log.name}\n" + open(self.log.name).read())
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"docker-registry does not listen on {self.address}")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler, context=None):
        super().__init__(("127.0.0.1", 0), handler)
        self.address = f"127.0.0.1:{self.server_port}"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """Clients that end early are part of the check."""


class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def tokens(work):
    """A server of tokens, as the token specification has it: RS256, the certificate in the header."""
    leaf = openssl("x509", "-in", str(work / "tls.crt"), "-outform", "DER")
    served = []

    def encoded(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    def token(scope):
        kind, name, actions = scope.split(":")
        now = int(time.time())
        header = {"typ": "JWT", "alg": "RS256", "x5c": [base64.b64encode(leaf).decode()]}
        claims = {
            "iss": ISSUER, "sub": USER, "aud": SERVICE, "exp": now + 300, "nbf": now - 10, "iat": now, "jti": "1",
            "access": [{"type": kind, "name": name, "actions": actions.split(",")}],
        }
        signed = encoded(json.dumps(header).encode()) + b"." + encoded(json.dumps(claims).encode())
        return (signed + b"." + encoded(openssl("dgst", "-sha256", "-sign", str(work / "tls.key"), data=signed))).decode()

    class Handler(Quiet):
        def do_GET(self):
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
            basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            served.append(("GET", query))
            if self.headers.get("Authorization") != basic or query.get("service") != SERVICE:
                return self.answer(401, b'{"errors": [{"code": "UNAUTHORIZED", "message": "who are you?"}]}')
            self.answer(200, json.dumps({"token": token(query["scope"])}).encode())

        def do_POST(self):
            form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            served.append(("POST", form))
            if form.get("refresh_token") != IDENTITY_TOKEN or form.get("grant_type") != "refresh_token":
                return self.answer(401)
            self.answer(200, json.dumps({"access_token": token(form["scope"])}).encode())

    server = Server(Handler, context(work))
    server.served = served
    return server


def context(work, wants_certificate=False):
    result = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    result.load_cert_chain(work / "tls.crt", work / "tls.key")
    if wants_certificate:
        result.verify_mode = ssl.CERT_REQUIRED
        result.load_verify_locations(work / "ca.crt")
    return result


def forward_proxy(plain, secure):
    """A proxy as companies have them: every name leads to the registry without TLS, every tunnel to the one with."""
    asked = []

    class Handler(Quiet):
        def do_GET(self):
            asked.append(f"GET {self.path}")
            connection = http.client.HTTPConnection(plain)
            connection.request("GET", urllib.parse.urlsplit(self.path).path, headers={"Accept": self.headers["Accept"]})
            answer = connection.getresponse()
            self.answer(answer.status, answer.read(), Content_Type=answer.headers["Content-Type"])

        def do_CONNECT(self):
            asked.append(f"CONNECT {self.path}")
            host, port = secure.split(":")
            with socket.create_connection((host, int(port))) as upstream:
                self.send_response(200, "Connection established")
                self.send_header("X-Proxy", "check-registry")
                self.end_headers()
                back = threading.Thread(target=self.pump, args=(upstream, self.connection), daemon=True)
                back.start()
                self.pump(self.connection, upstream)
                back.join(10)
            self.close_connection = True

        @staticmethod
        def pump(source, target):
            try:
                while data := source.recv(65536):
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    server = Server(Handler)
    server.asked = asked
    return server


def faults(upstream, tls=None):
    """A proxy whose first folder names what goes wrong: `/v2/drop/debian/manifests/12`."""
    seen = {}
    lock = threading.Lock()

    class Handler(Quiet):
        def do_GET(self):
            fault, _, rest = self.path.removeprefix("/v2/").partition("/")
            with lock:
                seen[fault] = seen.get(fault, 0) + 1
                count = seen[fault]
            kind = rest.split("/")[-2] if "/" in rest else ""
            getattr(self, "fault_" + fault.replace("-", "_"))(rest, kind, count)

        def fetch(self, rest):
            """What the registry answers."""
            connection = http.client.HTTPConnection(upstream)
            connection.request("GET", "/v2/" + rest, headers={"Accept": self.headers.get("Accept", "*/*")})
            answer = connection.getresponse()
            headers = {name: value for name, value in answer.getheaders()
                       if name in ("Content-Type", "Docker-Content-Digest")}
            return answer.status, answer.read(), headers

        def passed(self, rest, **changes):
            status, body, headers = self.fetch(rest)
            self.answer(status, body, **(headers | {n.replace("_", "-"): v for n, v in changes.items()}))

        def fault_none(self, rest, kind, count):
            self.passed(rest)

        def fault_busy(self, rest, kind, count):
            if count <= 2:
                return self.answer(429, b'{"errors": [{"code": "TOOMANYREQUESTS"}]}', Retry_After="1")
            self.passed(rest)

        def fault_banned(self, rest, kind, count):
            self.answer(429, b'{"errors": [{"code": "TOOMANYREQUESTS", "message": "pull rate limit"}]}',
                        Retry_After="3600")

        def fault_down(self, rest, kind, count):
            self.answer(503)

        def fault_hiccup(self, rest, kind, count):
            if count > 1:
                return self.passed(rest)
            self.fault_drop(rest, kind, count)

        def fault_drop(self, rest, kind, count):
            _, body, headers = self.fetch(rest)
            self.send_response(200)
            self.send_header("Content-Type", headers["Content-Type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:20])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

        def fault_slow(self, rest, kind, count):
            time.sleep(4)
            self.passed(rest)

        def fault_header(self, rest, kind, count):
            self.passed(rest, Docker_Content_Digest="sha256:" + "0" * 64)

        def fault_huge(self, rest, kind, count):
            self.send_response(200)
            self.send_header("Content-Type", "application/vnd.oci.image.index.v1+json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
            except OSError:
                self.close_connection = True

        def fault_file(self, rest, kind, count):
            self.answer(307, Location="file:///etc/passwd")

        def fault_circle(self, rest, kind, count):
            self.answer(307, Location=self.path)

        def fault_downgrade(self, rest, kind, count):
            self.answer(307, Location=f"http://{upstream}/v2/{rest}")

        def fault_portal(self, rest, kind, count):
            self.answer(200, b"<html>Log in to the hotel's network</html>", Content_Type="text/html; charset=utf-8")

        def fault_garbage(self, rest, kind, count):
            self.answer(200, b'{"schemaVersion": 2, "manifests": [',
                        Content_Type="application/vnd.oci.image.index.v1+json")

        def fault_bomb(self, rest, kind, count):
            entry = {"mediaType": "application/vnd.oci.image.index.v1+json", "size": 1,
                     "digest": "sha256:" + "1" * 64}
            amount = 3 if rest.endswith("few") else 10000
            body = json.dumps({"schemaVersion": 2, "manifests": [entry] * amount}).encode()
            self.answer(200, body, Content_Type="application/vnd.oci.image.index.v1+json")

        def fault_blob(self, rest, kind, count):
            if kind != "blobs":
                return self.passed(rest)
            self.answer(200, b'{"os": "linux", "architecture": "arm64"}')

        def fault_elsewhere(self, rest, kind, count):
            """Blobs are at another host, which must not see the credentials."""
            if kind != "blobs":
                if "Authorization" not in self.headers:
                    return self.answer(401, WWW_Authenticate='Basic realm="elsewhere"')
                return self.passed(rest)
            self.answer(307, Location=f"http://localhost:{self.server.server_port}/v2/store/{rest}")

        def fault_store(self, rest, kind, count):
            if "Authorization" in self.headers:
                return self.answer(400, b'{"errors": [{"code": "LEAKED"}]}')
            self.passed(rest)

        def fault_realm(self, rest, kind, count):
            self.answer(401, WWW_Authenticate='Bearer realm="http://127.0.0.1:1/token",service="x"')

        def fault_pages(self, rest, kind, count):
            """Tags in pages of two, which docker-registry 2.8 does not make."""
            name, _, query = rest.partition("/tags/list")
            _, body, _ = self.fetch(f"{name}/tags/list")
            tags = sorted(json.loads(body)["tags"])
            last = dict(urllib.parse.parse_qsl(query.lstrip("?"))).get("last", "")
            page = [tag for tag in tags if tag > last][:2]
            more = {"Link": f'</v2/pages/{name}/tags/list?last={page[-1]}&n=2>; rel="next"'} \
                if page and page[-1] != tags[-1] else {}
            self.answer(200, json.dumps({"name": name, "tags": page}).encode(), **more)

        def fault_endless(self, rest, kind, count):
            self.answer(200, b'{"name": "x", "tags": ["a"]}', Link=f'<{self.path}>; rel="next"')

    server = Server(Handler, tls)
    server.seen = seen
    return server
