"""Small sites behind TLS, each with a certificate made for it: valid or wrong in one of the usual ways."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = x509.IPAddress(ip_address("127.0.0.1"))
ELSEWHERE = x509.DNSName("other.test")
DAY = timedelta(days=1)
_FEED = '<rss version="2.0"><channel><item><title>기사</title><link>{root}/1</link></item></channel></rss>'


class Authority:
    """Signs certificates; `file` is what those who trust it are given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        constraint = x509.BasicConstraints(ca=True, path_length=None)
        builder = _builder(self._name, self._name, self._key.public_key(), timedelta(days=-1))
        made = builder.add_extension(constraint, critical=True).sign(self._key, hashes.SHA256())
        self.file = folder / "authority.pem"
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def certify(
        self, name: str, whom: x509.GeneralName = HERE, *, since: timedelta = -DAY, by_itself: bool = False
    ) -> Path:
        """Write a key and its certificate, valid for thirty days of the real clock, into one file."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(subject, subject if by_itself else self._name, key.public_key(), since)
        builder = builder.add_extension(x509.SubjectAlternativeName([whom]), critical=False)
        made = builder.sign(key if by_itself else self._key, hashes.SHA256())
        file = self._folder / f"{name}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
        return file


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: timedelta
) -> x509.CertificateBuilder:
    begin = datetime.now(UTC) + since
    builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
    return builder.not_valid_before(begin).not_valid_after(begin + 30 * DAY)


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: ThreadingHTTPServer = self.server  # type: ignore[assignment]  # the only one that has handlers here
        root = f"https://127.0.0.1:{server.server_port}"
        found = {"/rss": ("text/xml", _FEED.format(root=root)), "/1": ("text/html", "<p>글</p>")}.get(self.path)
        media, text = found or ("text/plain", "")
        body = text.encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that does not trust the certificate hangs up: nothing to print."""


@contextmanager
def served(certificate: Path | None) -> Iterator[str]:
    """Serve a feed with one article, and give its https address; without a certificate nothing there speaks TLS."""
    server = _Server(("127.0.0.1", 0), _Page)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is the handler's, in its own thread: one that fails must not end the server's loop.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
