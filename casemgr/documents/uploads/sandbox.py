"""Runs the inspection in a process of its own, so that a hostile file can end that process and nothing else."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from casemgr.documents.uploads.inspection.verdict import Facts, Refused

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30
PATIENCE = 45.0
WAIT_FOR_SLOT = 60.0
WRITTEN = 64 * 1024 * 1024
START = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from casemgr.documents.uploads.inspection.worker import main; main()"
)  # fmt: skip


def inspected(path: Path, family: str, out: Path) -> Facts:
    """What the file at `path` is; `out` takes what is made of it.

    :raises Refused: with the inspection's reason, or `too-much` when it ran out of memory or time.
    """
    question = {
        "path": str(path),
        "family": family,
        "out": str(out),
        "memory": MEMORY,
        "seconds": CPU_SECONDS,
        "written": WRITTEN,
    }
    command = [sys.executable, "-I", "-c", START.format(root=str(settings.BASE_DIR))]
    with _slot():
        try:
            done = subprocess.run(
                command,
                input=json.dumps(question),
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                env={"LANG": "C.UTF-8"},
                cwd=out,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused("too-much") from None
    try:
        found = json.loads(done.stdout)
    except ValueError:
        # Ended by the kernel, or by a parser that broke.
        raise Refused("too-much") from None
    if "refused" in found:
        raise Refused(found["refused"], **found["detail"])
    return Facts(**found["facts"])


@contextmanager
def _slot() -> Iterator[None]:
    """Of all processes together only so many inspect at once: memory stays bounded however many people upload.

    :raises Refused: `busy` when none became free.
    """
    folder = Path(settings.VAR_DIR) / "inspection"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + WAIT_FOR_SLOT
    while True:
        for number in range(settings.UPLOAD_INSPECTIONS):
            with (folder / f"slot-{number}").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() > until:
            raise Refused("busy")
        time.sleep(0.05)
