"""A real SMTP server in this process: TLS, log-in, and whatever else a test wants to go wrong."""

import asyncio
import datetime
import ipaddress
import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "sosik", "correct horse"
NO_SUCH, LATER = "nobody@example.org", "greylisted@example.org"


class Post:
    """What the server took, and how it answers.

    `on_data` is called with the message before the answer to DATA is given; an answer that it returns is given instead.
    `on_quit` is called when a client says good-bye, which it does after it has heard the answer.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.users: list[str] = []
        self.on_data: Callable[[EmailMessage], str | None] = lambda message: None
        self.on_quit: Callable[[], None] = lambda: None
        self.cut_after_data = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == NO_SUCH:
            return "550 5.1.1 no such mailbox"
        if address == LATER:
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        if self.cut_after_data:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.on_data(message) or "250 2.0.0 taken"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.on_quit()
        return "221 bye"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        if (data.login, data.password) != (USER.encode(), PASSWORD.encode()):
            return AuthResult(success=False, handled=False)  # handled=True would leave the client waiting
        self.users.append(data.login.decode())
        return AuthResult(success=True)


@contextmanager
def serving(post: Post, folder: Path, *, security: str = "starttls", auth: bool = True) -> Iterator[tuple[int, Path]]:
    """Serve on 127.0.0.1; give the port and the certificate."""
    certificate, key = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port()}
    if auth:
        options |= {"authenticator": post.authenticate, "auth_required": True}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    elif security == "tls":
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"auth_require_tls": False}
    controller = Controller(post, **options)
    with warnings.catch_warnings():
        # It warns of passwords on a connection that it did not encrypt by STARTTLS; that is what some tests are for.
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS", UserWarning)
        controller.start()
        try:
            yield options["port"], certificate
        finally:
            controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "server.pem", folder / "server.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
