"""Everything that must be true before people can work: texts, fonts, tables, reference data, demo, static files.

Each step looks first whether it has anything to do, so that a second start is quick.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import trans_real

from casemgr.documents import font_files
from casemgr.operation import messages
from casemgr.operation.practice.guard import mark, refuse_wrong_database
from casemgr.operation.reference import load_all

Say = Callable[[str], None]
CODE = (*messages.SOURCES, "templates")


def make_ready(say: Say, *, with_demo: bool) -> None:
    """Do what is missing, telling each step; raises CommandError when the installation cannot work."""
    root = Path(settings.BASE_DIR)
    if messages.is_stale(root):
        messages.compile_catalogue(root)
        trans_real._translations.clear()  # type: ignore[attr-defined]
    remembered = _Remembered(settings.VAR_DIR / "ready.json")
    code = _fingerprint(root / name for name in CODE)
    is_new_code = remembered.get("code") != code
    if is_new_code:
        _check()
    if font_files.missing():
        say(_("Preparing fonts, once: about half a minute …"))
        font_files.prepare()
    refuse_wrong_database()
    is_new_database = _migrate(say)
    if settings.PRACTICE:
        mark()
    if is_new_database or is_new_code:
        say(_("Loading reference data …"))
        load_all()
    if with_demo and not get_user_model().objects.exists():
        say(_("Loading the demo office …"))
        with transaction.atomic():  # interrupted, it leaves nothing, and the next start tries again
            call_command("demo", verbosity=0)
    static = _fingerprint(map(Path, settings.STATICFILES_DIRS))
    if remembered.get("static") != static or not settings.STATIC_ROOT.is_dir():
        call_command("collectstatic", interactive=False, verbosity=0)
    remembered.write({"code": code, "static": static})


def _check() -> None:
    """Refuse to start when a package contradicts another, for example a rule that names an unknown event kind."""
    serious = [str(message) for message in checks.run_checks() if message.is_serious()]
    if serious:
        raise CommandError("\n".join(serious))


def _migrate(say: Say) -> bool:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say(_("Preparing the database …"))
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _fingerprint(folders: Iterator[Path]) -> str:
    """Digest of names, sizes and times of all files below; cheap enough for every start."""
    digest = hashlib.sha256()
    for folder in folders:
        for directory, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if name != "__pycache__")
            for file in sorted(files):
                stat = Path(directory, file).stat()
                digest.update(f"{directory}/{file} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class _Remembered:
    """What the last start found, in a small file; losing it only costs time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str:
        try:
            return json.loads(self._path.read_text()).get(name, "")
        except (OSError, ValueError):
            return ""

    def write(self, values: dict[str, str]) -> None:
        self._path.write_text(json.dumps(values))
