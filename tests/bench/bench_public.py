"""Ordinary reading of the public pages at 200 requests a second, two web processes under gunicorn, demo data.

Requests are sent by the clock whether or not the earlier ones are answered, so that a slow answer is not hidden by its
reader waiting. One in twenty is a search nobody has made before. `BENCH_VAR` names a folder with a loaded demo; without
it one is made first, which takes some minutes.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from tests.support.services import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
RATE, SECONDS, CONNECTIONS = 200, 20, 48
BOUND_RATE, BOUND_SLOW_MS = 195.0, 500.0
WORDS = ("罚款", "土地", "不动产", "程序", "证据", "送达", "听证", "陈述", "工伤", "公开", "许可", "撤销")


def prepared(folder: str) -> dict[str, str]:
    """The environment of a folder with a demo office in it."""
    environment = {**os.environ, "CASEMGR_VAR": folder, "FONT_DIR": str(ROOT / "var" / "fonts"), "DATABASE_URL": ""}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "start", "--prepare-only"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    subprocess.run([*manage, "demo"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    return environment


def served(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Two processes of four threads, as two of docs/deploy/casemgr-web@.service."""
    command = [sys.executable, "-m", "gunicorn", "casemgr.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "warning", "--keep-alive", "10"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    for _try in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
            return process
        except OSError:
            time.sleep(0.5)
    process.terminate()
    raise SystemExit("the server did not start")


def decisions(port: int) -> list[str]:
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/public/decisions/").read().decode()
    found = sorted(set(re.findall(r"/public/decisions/\d+/", page)))
    if not found:
        raise SystemExit("no decision is published in this demo")
    return found


def asked(chance: random.Random, papers: list[str]) -> str:
    """What a reader opens next."""
    at = chance.random()
    if at < 0.05:
        return f"/public/decisions/?q={quote(chance.choice(WORDS))}%20{chance.randrange(10**9)}"
    if at < 0.20:
        return f"/public/decisions/?q={quote(chance.choice(WORDS))}&year={chance.choice(('', '2026', '2025'))}"
    if at < 0.35:
        return "/public/decisions/"
    if at < 0.70:
        return chance.choice(papers)
    if at < 0.73:
        return chance.choice(papers).rstrip("/") + ".pdf"
    if at < 0.90:
        return "/public/"
    return chance.choice(("/public/figures/", "/public/guide/", "/public/hearings/", "/public/progress/"))


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> int:
    """One request on a kept connection; returns the status."""
    writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = re.search(r"content-length: (\d+)", head)
    if length is None:
        raise OSError("no length")
    await reader.readexactly(int(length[1]))
    return int(head.split(" ", 2)[1])


async def read_for(port: int, papers: list[str], rate: int, seconds: int) -> tuple[list[float], Counter[int], float]:
    """Milliseconds from the moment each request was due, statuses, and how long all of it took."""
    waiting: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    taken: list[float] = []
    statuses: Counter[int] = Counter()

    async def reader_at_work() -> None:
        connection = None
        while (job := await waiting.get()) is not None:
            due, address = job
            for attempt in range(2):
                try:
                    connection = connection or await asyncio.open_connection("127.0.0.1", port)
                    statuses[await answer(*connection, address)] += 1
                    break
                except (OSError, asyncio.IncompleteReadError):
                    connection = None
                    if attempt:
                        statuses[0] += 1
            taken.append((time.perf_counter() - due) * 1000)

    chance = random.Random(13)
    workers = [asyncio.create_task(reader_at_work()) for _number in range(CONNECTIONS)]
    began = time.perf_counter()
    for number in range(rate * seconds):
        due = began + number / rate
        if (pause := due - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        waiting.put_nowait((due, asked(chance, papers)))
    for _worker in workers:
        waiting.put_nowait(None)
    await asyncio.gather(*workers)
    return taken, statuses, time.perf_counter() - began


def at(taken: list[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]


def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        folder = os.environ.get("BENCH_VAR", "")
        environment = {**os.environ, "CASEMGR_VAR": folder, "DATABASE_URL": ""} if folder else prepared(made)
        port = free_port()
        process = served(environment, port)
        try:
            papers = decisions(port)
            asyncio.run(read_for(port, papers, 100, 3))
            taken, statuses, seconds = asyncio.run(read_for(port, papers, RATE, SECONDS))
            _most, more, least = asyncio.run(read_for(port, papers, 2000, 2))
        finally:
            process.terminate()
            process.wait(20)
    held = len(taken) / seconds
    print(
        f"asked {RATE} a second for {SECONDS} s: {held:.0f} answered a second, statuses {dict(statuses)}, "
        f"half within {at(taken, 0.5):.1f} ms, 95 % within {at(taken, 0.95):.1f} ms, "
        f"99 % within {at(taken, 0.99):.1f} ms"
    )
    print(f"as fast as they go: {sum(more.values()) / least:.0f} a second")
    return held < BOUND_RATE or set(statuses) != {200} or at(taken, 0.99) > BOUND_SLOW_MS


if __name__ == "__main__":
    sys.exit(main())
