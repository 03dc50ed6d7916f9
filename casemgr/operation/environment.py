"""Makes `.venv` and fills it from the requirements; runs on the machine's bare Python, before Django is there.

`python3 -m casemgr.operation.environment [--dev]` does nothing when the requirements are those of last time.
Plain Python 3.7, so that an old interpreter still reaches the line that says it is too old.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST_PYTHON = (3, 11)


def missing_on_machine() -> str:
    """The one line that says what this machine lacks, or an empty text."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return f"casemgr needs Python 3.11 or newer, found {found}; name another: make run PYTHON=/path/to/python3.11"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "casemgr needs Python's venv module; on Debian: apt-get install python3-venv"
    return ""


class Environment:
    """The virtual environment of one checkout and the requirement files it is filled from."""

    def __init__(self, root: Path, dev: bool) -> None:
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.requirements = [root / "requirements.txt"] + ([root / "requirements-dev.txt"] if dev else [])
        self.stamp = self.folder / ("filled-dev" if dev else "filled")

    def wanted(self) -> str:
        """Digest of everything that decides what belongs into the environment."""
        digest = hashlib.sha256()
        for path in self.requirements:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_current(self) -> bool:
        """True when the last filling was from these very files and the interpreter is still there."""
        try:
            return self.python.exists() and self.stamp.read_text() == self.wanted()
        except OSError:
            return False

    def fill(self) -> None:
        """Create the environment if it is absent or broken, install the requirements, remember that it was done."""
        if not self._works():
            subprocess.check_call([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        install = [str(self.python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.check_call(install + [word for path in self.requirements for word in ("-r", str(path))])
        self.stamp.write_text(self.wanted())

    def _works(self) -> bool:
        probe = [str(self.python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
        return self.python.exists() and subprocess.call(probe, stderr=subprocess.DEVNULL) == 0


def main(arguments: list[str]) -> int:
    """0 when the environment is ready; otherwise one line on standard error says why not."""
    environment = Environment(ROOT, dev="--dev" in arguments)
    if environment.is_current():
        return 0
    missing = missing_on_machine()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    print("Installing Python packages into .venv, once …", flush=True)
    try:
        environment.fill()
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"The Python packages could not be installed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
