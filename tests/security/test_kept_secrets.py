"""Keys made at the first start: one for all processes, readable by nobody else."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from casemgr import settings as module

STARTERS = 6
CODE = "from casemgr import settings; print(settings.SECRET_KEY, settings.FIELD_KEYS)"


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    """A key that only one of them knew would make what it encrypted unreadable for ever."""
    environment = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "FIELD_KEYS")}
    environment["CASEMGR_VAR"] = str(tmp_path / "var")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", CODE],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _number in range(STARTERS)
    ]
    outcomes = [process.communicate(timeout=60) for process in started]
    assert [error for _said, error in outcomes if error] == []
    said = {text.decode().strip() for text, _error in outcomes}
    assert len(said) == 1
    kept = [(tmp_path / "var" / name).read_text() for name in ("secret_key.txt", "field_keys.txt")]
    assert said == {" ".join(kept)}
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "var").glob("*.txt")} == {0}
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["field_keys.txt", "secret_key.txt"]


def test_of_two_keys_made_at_the_same_moment_one_is_used_by_both(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "VAR_DIR", tmp_path)
    both_are_making = threading.Barrier(2)

    def make() -> str:
        both_are_making.wait(timeout=10)
        return secrets.token_hex(16)

    with ThreadPoolExecutor(2) as pool:
        keys = [future.result() for future in [pool.submit(module._kept_secret, "A_KEY", make) for _number in range(2)]]
    assert keys[0] == keys[1] == (tmp_path / "a_key.txt").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["a_key.txt"]
