"""`make bench`: runs every tests/bench/bench_*.py, each a script that prints its ratios and fails below its bound."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import services

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Run all of them, also after one fell short; non-zero when any did."""
    if missing := services.install_for_bench():
        print("WeasyPrint is left out: it needs Debian's", *missing, "(root installs them by itself)", flush=True)
    short = []
    for script in sorted((ROOT / "tests" / "bench").glob("bench_*.py")):
        print(f"\n=== {script.stem} ===", flush=True)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "casemgr.settings"}
        if subprocess.run([sys.executable, str(script)], cwd=ROOT, env=environment, check=False).returncode:
            short.append(script.stem)
    if short:
        print("\nBelow its bound:", *short, file=sys.stderr)
    return bool(short)


if __name__ == "__main__":
    sys.exit(main())
