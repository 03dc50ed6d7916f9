"""Databases and brokers for one test run: started on free ports, data under a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes.util import find_library
from pathlib import Path

DEBIAN_PACKAGES = {
    "pdftoppm": "poppler-utils",
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "fc-list": "fontconfig",
}
LONG_PACKAGES = {"soffice": "libreoffice-writer-nogui", "rabbitmq-server": "rabbitmq-server"}
"""What only `make test-long` uses."""
CJK_FONT_PACKAGE = "fonts-noto-cjk"
BROWSERS = ("chromium-headless-shell", "chromium")
"""Debian's Chromium without and with windows: a page costs the first a third of the time. Packages bear these names."""
BENCH_LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
"""What WeasyPrint draws with; only `make bench` compares with it."""


def find(program: str) -> str | None:
    """Path of a program, looking also where Debian keeps PostgreSQL's own."""
    if found := shutil.which(program):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return str(versions[-1]) if versions else None


def chromium() -> str | None:
    """Path of the browser that the tests drive."""
    return next((path for path in map(find, BROWSERS) if path), None)


def has_cjk_font() -> bool:
    """True when the browser can draw Chinese."""
    lister = find("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout)


def install_missing(*, long: bool = False) -> None:
    """As root on Debian: install what the tests use and the machine lacks. Elsewhere nothing happens."""
    wanted = DEBIAN_PACKAGES | (LONG_PACKAGES if long else {})
    packages = [package for program, package in wanted.items() if not find(program)]
    if not has_cjk_font():
        packages.append(CJK_FONT_PACKAGE)
    _install(packages)
    for browser in BROWSERS:  # one at a time: an older Debian does not know the first
        if not chromium():
            _install([browser])


def install_for_bench() -> list[str]:
    """As root on Debian: install the libraries that the benchmarks' rivals need. Which packages are missing then."""
    _install(_missing_libraries())
    return _missing_libraries()


def _missing_libraries() -> list[str]:
    return [package for library, package in BENCH_LIBRARIES.items() if not find_library(library)]


def _install(packages: list[str]) -> None:
    if not packages or os.geteuid() != 0 or not find("apt-get"):
        return
    print("Installing:", *packages, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Address of a PostgreSQL of our own, or None when its programs are missing."""
    initdb, pg_ctl = find("initdb"), find("pg_ctl")
    if not initdb or not pg_ctl:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="casemgr-postgresql-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["runuser", "-u", "postgres", "--"]
    data, port = folder / "data", free_port()
    fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {fast}"
    control = [*as_owner, pg_ctl, "-D", str(data), "-s", "-w"]
    create = [*as_owner, initdb, "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]
    try:
        subprocess.run(create, check=True, stdout=subprocess.DEVNULL, cwd="/")
        # Its log goes to a file: pg_ctl would otherwise hold our standard output open.
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd="/")
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str | None]:
    """Address of a Redis of our own, or None when its program is missing."""
    program = find("redis-server")
    if not program:
        yield None
        return
    folder, port = tempfile.mkdtemp(prefix="casemgr-redis-"), free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


RABBITMQ_SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""The program itself; what lies in the path looks only at Debian's own node."""


@contextmanager
def rabbitmq() -> Iterator[str | None]:
    """Address of a RabbitMQ of our own, with an epmd of its own, or None when its programs are missing."""
    if not RABBITMQ_SERVER.exists() or not find("epmd"):
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="casemgr-rabbitmq-"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # it warns of root, and Debian made it a user
        owner = pwd.getpwnam("rabbitmq")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["runuser", "-u", "rabbitmq", "--"]
    port, epmd_port = free_port(), free_port()
    (folder / "plugins").write_text("[].\n")
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{port}\n")
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(epmd_port),
        "ERL_FLAGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "RABBITMQ_NODENAME": f"casemgr{port}@localhost",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "no-further-settings"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_LOGS": "-",
    }
    with (folder / "output").open("w") as output:
        server = subprocess.Popen(
            [*as_owner, str(RABBITMQ_SERVER)],
            env=environment, cwd=folder, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for(port, 60)
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
        subprocess.run(["epmd", "-kill"], env=environment, check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")
