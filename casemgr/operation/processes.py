"""Runs several child processes as one: when one ends or a signal comes, all end, and none outlives its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from types import FrameType

PATIENCE_SECONDS = 10
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone, however it went (Linux only, elsewhere without effect)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Stopped(Exception):
    """A signal asked this process to end."""


class Processes:
    """Named children; use as a context manager, so that leaving stops them all."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Processes:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in self._running.values():
            process.terminate()
        until = time.monotonic() + PATIENCE_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    @staticmethod
    def _stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    def start(self, name: str, command: list[str]) -> None:
        """Start one child in a session of its own: a terminal's Ctrl-C reaches only us, and we pass it on."""
        self._running[name] = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def ids(self) -> dict[str, int]:
        """Process id of each child, by name."""
        return {name: process.pid for name, process in self._running.items()}

    def ended(self) -> str:
        """Name of a child that is no longer running, or an empty text."""
        return next((name for name, process in self._running.items() if process.poll() is not None), "")

    def wait(self) -> str:
        """Return the name of the first child that ends."""
        while not (name := self.ended()):
            time.sleep(0.3)
        return name
