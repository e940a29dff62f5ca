"""A time-stamping authority of our own: `openssl ts` behind a small HTTP server, with a root made for the run."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Authority of the tests
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
digests = sha256
default_policy = 1.2.3.4.1
ess_cert_id_alg = sha256
ess_cert_id_chain = no
"""


class Authority:
    """Makes its root and certificate in a folder, and answers requests with tokens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = True  # False: it fails
        self.asked = 0
        self.elsewhere = ""  # send whoever asks to this address
        self.replay = b""  # answer this in place of a token for what was asked
        (folder / "config").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new = ("-newkey", "rsa:2048", "-nodes", "-config", "config", "-subj")
        rooted = ("-x509", "-extensions", "root", "-days", "2", "-keyout", "root.key", "-out", "root.pem")
        self._openssl("req", *rooted, *new, "/CN=Root")
        self._openssl("req", "-keyout", "tsa.key", "-out", "tsa.csr", *new, "/CN=Stamps")
        signing = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "config", "-extensions", "stamping")
        self._openssl("x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", "-days", "2", *signing)

    @property
    def root(self) -> str:
        return str(self.folder / "root.pem")

    def token(self, request: bytes) -> bytes:
        (self.folder / "request").write_bytes(request)
        self._openssl("ts", "-reply", "-config", "config", "-section", "tsa_config", "-queryfile", "request", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def holds(self, token: bytes, data: bytes) -> bool:
        """What openssl itself says of a token."""
        (self.folder / "token").write_bytes(token)
        (self.folder / "data").write_bytes(data)
        asked = ["openssl", "ts", "-verify", "-data", "data", "-in", "token", "-CAfile", "root.pem"]
        return subprocess.run(asked, cwd=self.folder, capture_output=True, check=False).returncode == 0

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=True)


@contextmanager
def serving(authority: Authority) -> Iterator[str]:
    """Its address, while it is served."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            authority.asked += 1
            if authority.elsewhere:
                self.send_response(302)
                self.send_header("Location", authority.elsewhere)
                self.end_headers()
                return
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not authority.answers or self.headers["Content-Type"] != "application/timestamp-query":
                self.send_error(503)
                return
            answer = authority.replay or authority.token(body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            authority.asked += 100  # nobody asks so

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/tsa"
    server.shutdown()
    server.server_close()
