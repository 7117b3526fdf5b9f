"""A proxy that demands TLS and a key, in front of a server that knows neither: Debian's nginx."""

import base64
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NGINX = "/usr/sbin/nginx"  # not on the path of ordinary users
_PATIENCE = 20.0  # seconds until it listens

_CONFIGURATION = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map $http_authorization $answer {{
    "{key}" 200;
    "{basic}" 200;
    "{weak}" 403;
    default 401;
  }}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/server.crt;
    ssl_certificate_key {folder}/server.key;
    default_type application/json;
    if ($answer = 401) {{
      return 401 '{{"error":{{"type":"security_exception","reason":"unable to authenticate"}},"status":401}}';
    }}
    if ($answer = 403) {{
      return 403 '{{"error":{{"type":"security_exception","reason":"action is unauthorized"}},"status":403}}';
    }}
    location / {{ proxy_pass {upstream}; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Where it listens, whom it trusts to have signed it, and the keys: the right one, and one without rights."""

    url: str
    authority: Path
    other_authority: Path
    key: str
    weak_key: str
    user: str = "sosik"
    password: str = "p4ss-w0rd"


@contextmanager
def guarded(folder: Path, upstream: str) -> Iterator[Proxy]:
    """Listen with TLS in front of `upstream`, and let in who shows the key or the password."""
    folder.mkdir(parents=True, exist_ok=True)
    _sign(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    proxy = Proxy(
        url=f"https://localhost:{port}",
        authority=folder / "ca.crt",
        other_authority=folder / "other.crt",
        key=_encoded("right:k3y"),
        weak_key=_encoded("weak:k3y"),
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            port=port,
            upstream=upstream,
            key=f"ApiKey {proxy.key}",
            weak=f"ApiKey {proxy.weak_key}",
            basic=f"Basic {_encoded(f'{proxy.user}:{proxy.password}')}",
        )
    )
    process = subprocess.Popen([_NGINX, "-c", str(configuration), "-e", str(folder / "error.log")])
    try:
        _wait(port, process)
        yield proxy
    finally:
        process.terminate()
        process.wait(10)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _sign(folder: Path) -> None:
    """Make an authority, a certificate for localhost that it signed, and another authority that did not."""
    for name in ("ca", "other"):
        _openssl(
            folder,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.crt",
            "-days",
            "3650",
            "-subj",
            f"/CN=tests {name}",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        )
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    _openssl(
        folder,
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "server.key",
        "-out",
        "server.csr",
        "-subj",
        "/CN=localhost",
    )
    _openssl(
        folder,
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "server.crt",
        "-days",
        "3650",
        "-extfile",
        "names",
    )


def _openssl(folder: Path, *command: str) -> None:
    subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx does not listen")
