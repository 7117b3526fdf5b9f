"""A real Elasticsearch for tests: fetched with Maven once, started as processes on free ports, ended with the tests.

    with Cluster.started(folder, nodes=1) as cluster:
        cluster.urls          # ("http://127.0.0.1:41234",)
        cluster.nodes[0].kill()

What it lacks, since it lies in modules that Maven Central does not carry: analyzers beside the core's, the percolator,
`_reindex`, `_delete_by_query`, scripts, security, `GET /`. The product does without them.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".cache" / "elasticsearch"  # kept between runs, and by CI
VERSION = "8.19.21"
_MADE_OF = ("pom.xml", "plugin-descriptor.properties")
_NETTY = ("netty-*.jar", "transport-netty4-*.jar")
_PATIENCE = 120.0  # seconds until a server is ready: it takes six when nobody else is at work
_PAUSE = 0.2
_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms128m", "-Dio.netty.allocator.type=unpooled")


class Unavailable(RuntimeError):
    """The server cannot be had here; one line says what is missing."""


def home() -> Path:
    """Return the folder of jars, fetched where it is not there; raises Unavailable."""
    missing = [name for name, package in (("java", "openjdk-17-jdk-headless"), ("mvn", "maven")) if not _has(name)]
    if missing:
        raise Unavailable(
            f"the tests' Elasticsearch needs {' and '.join(missing)}: run scripts/system-packages, "
            "or install openjdk-17-jdk-headless and maven"
        )
    made_of = b"".join((HERE / name).read_bytes() for name in _MADE_OF)
    place = CACHE / f"{VERSION}-{hashlib.sha256(made_of).hexdigest()[:12]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two test runs at once, one fetches
        if not place.is_dir():
            _fetch(place)
    return place


def _has(name: str) -> bool:
    return shutil.which(name) is not None


def _fetch(place: Path) -> None:
    draft = Path(tempfile.mkdtemp(dir=CACHE))
    library, module = draft / "lib", draft / "modules" / "transport-netty4"
    command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={library}"], capture_output=True, text=True, check=False, cwd=draft
    )
    if done.returncode:
        shutil.rmtree(draft)
        said = next((line for line in done.stdout.splitlines() if "ERROR" in line), done.stderr[-300:])
        raise Unavailable(f"the tests' Elasticsearch could not be fetched with Maven: {said}")
    module.mkdir(parents=True)
    (draft / "config").mkdir()
    for pattern in _NETTY:
        for jar in library.glob(pattern):
            jar.rename(module / jar.name)
    shutil.copy(HERE / "plugin-descriptor.properties", module)
    draft.rename(place)


@dataclass
class Node:
    """One process of a cluster, on ports of its own; a killed one can be started again on what it had."""

    name: str
    folder: Path
    http: int
    transport: int
    heap: int  # MB
    settings: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.http}"

    def start(self) -> None:
        """Start the process; it is ready later."""
        jars = home()
        settings = {
            "node.name": self.name,
            "http.port": str(self.http),
            "transport.port": str(self.transport),
            "network.host": "127.0.0.1",
            "path.data": str(self.folder / self.name),
            # A disk that is nearly full on the machine of the tests is not what they are about.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **self.settings,
        }
        command = ["java", f"-Xmx{self.heap}m", *_JAVA, "-cp", f"{jars}/lib/*", str(HERE / "Launcher.java"), str(jars)]
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *(f"{name}={value}" for name, value in settings.items())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )

    def kill(self) -> None:
        """End it as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self._forget()

    def pause(self) -> None:
        """Let it hang: it keeps its connections and answers nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it in order, or by force where it does not."""
        if self.process is None:
            return
        self.resume()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._forget()

    def _forget(self) -> None:
        if self.process is not None:
            self.process.wait()
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process = None


@dataclass
class Cluster:
    """The nodes of one cluster."""

    folder: Path
    nodes: tuple[Node, ...]

    @classmethod
    @contextmanager
    def started(cls, folder: Path, *, nodes: int = 1, heap: int = 512) -> Iterator["Cluster"]:
        """Start that many nodes, wait until they are one cluster, and end them when the block is left."""
        cluster = cls(folder, _make(folder, nodes, heap))
        try:
            for node in cluster.nodes:
                node.start()
            cluster.wait()
            yield cluster
        finally:
            for node in cluster.nodes:
                node.stop()

    @property
    def urls(self) -> tuple[str, ...]:
        """Where the nodes answer."""
        return tuple(node.url for node in self.nodes)

    @property
    def repository(self) -> Path:
        """The folder that snapshots may be written under."""
        return self.folder / "snapshots"

    def wait(self, status: str = "yellow") -> None:
        """Wait until all running nodes are one cluster in that state; raises RuntimeError with the logs' ends."""
        running = [node for node in self.nodes if node.process is not None]
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(running)}&timeout=1s&local=false"
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if any(node.process is not None and node.process.poll() is not None for node in running):
                break
            try:
                if not self.ask(running[0], path).get("timed_out", True):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(_PAUSE)
        ends = "\n".join((self.folder / f"{node.name}.log").read_text(errors="replace")[-2000:] for node in running)
        raise RuntimeError(f"Elasticsearch is not ready:\n{ends}")

    def mend(self) -> None:
        """Start what was killed, wake what was paused, and wait until every copy of everything is there."""
        for node in self.nodes:
            node.resume()
            if node.process is None:
                node.start()
        self.wait("green")

    @staticmethod
    def ask(node: Node, path: str, body: object = None, method: str | None = None) -> dict[str, Any]:
        """Send one request to a node, past the product, and return the answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            node.url + path, data, {"Content-Type": "application/json"}, method=method or ("POST" if data else "GET")
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))


def _make(folder: Path, count: int, heap: int) -> tuple[Node, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    ports = _free_ports(2 * count)
    names = [f"node-{number}" for number in range(1, count + 1)]
    common = {"cluster.name": f"tests-{os.getpid()}-{ports[0]}", "path.repo": str(folder / "snapshots")}
    if count == 1:
        common["discovery.type"] = "single-node"
    else:
        common["discovery.seed_hosts"] = ",".join(f"127.0.0.1:{port}" for port in ports[count:])
        common["cluster.initial_master_nodes"] = ",".join(names)
    return tuple(
        Node(name, folder, http, transport, heap, dict(common))
        for name, http, transport in zip(names, ports[:count], ports[count:], strict=True)
    )


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
