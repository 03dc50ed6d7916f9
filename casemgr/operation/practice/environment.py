"""The environment of the practice system, made from the real one's: nothing of it leads back. Bare Python, no Django.

Called by settings.py before anything is read. Database, files, keys, seals, backups and jobs are its own; mail, SMS and
broker of the real system are cut off. What the practice system itself is given is named PRACTICE_….
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

OWN = ("VAR", "DATABASE_URL", "BROKER_URL")
CUT_OFF = (
    *("SECRET_KEY", "FIELD_KEYS", "BACKUP_DIR", "PRACTICE_URL"),
    *("EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "SMS_GATEWAY", "SMS_URL", "SMS_TOKEN"),
    *("PROMETHEUS_MULTIPROC_DIR", "OFFICE_NAME"),
)
"""Taken away: secrets are made anew under the practice folder, carriers fall back to those that send nothing."""


class NotSeparate(Exception):
    """The practice system would work on the real one's database or files."""


def is_asked(environ: Mapping[str, str]) -> bool:
    return environ.get("PRACTICE", "").strip().lower() in {"1", "true", "yes", "on"}


def separate(environ: Mapping[str, str], base: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """What to set and what to take away; the same again in a child process. :raises NotSeparate:"""
    real_var = environ.get("PRACTICE_OF_VAR") or environ.get("CASEMGR_VAR") or str(base / "var")
    real_media = environ.get("PRACTICE_OF_MEDIA") or environ.get("MEDIA_ROOT") or f"{real_var}/media"
    real_database = environ.get("PRACTICE_OF_DATABASE")
    if real_database is None:
        real_database = environ.get("DATABASE_URL") or f"sqlite:///{real_var}/casemgr.sqlite3"
    var = environ.get("PRACTICE_VAR") or f"{real_var}/practice"
    database = environ.get("PRACTICE_DATABASE_URL") or f"sqlite:///{var}/practice.sqlite3"
    if _database(database, base) == _database(real_database, base):
        raise NotSeparate("PRACTICE_DATABASE_URL names the real database; give the practice system one of its own.")
    own = _path(f"{var}/media", base)
    is_shared = _path(var, base) == _path(real_var, base) or own.is_relative_to(_path(real_media, base))
    # A reset clears the practice system's papers: nothing real may lie below them.
    if is_shared or any(_path(real, base).is_relative_to(own) for real in (real_var, real_media)):
        raise NotSeparate("PRACTICE_VAR shares a folder with the real system; give the practice system one of its own.")
    values = {
        "PRACTICE": "1",
        "PRACTICE_OF_VAR": real_var,
        "PRACTICE_OF_MEDIA": real_media,
        "PRACTICE_OF_DATABASE": real_database,
        "CASEMGR_VAR": var,
        "DATABASE_URL": database,
        "MEDIA_ROOT": f"{var}/media",
        "SEAL_HEADS_FILE": f"{var}/seals/heads.txt",
        "FONT_DIR": environ.get("FONT_DIR") or f"{real_var}/fonts",
        "CELERY_BROKER_URL": environ.get("PRACTICE_BROKER_URL", ""),
    }
    return values, CUT_OFF


def _path(text: str, base: Path) -> Path:
    return (base / text).resolve()


def _database(url: str, base: Path) -> tuple:
    """Which database an address means, however it is written; the user does not matter."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        return ("sqlite", _path(url.partition("///")[2].partition("?")[0], base))
    host = parts.hostname or "localhost"
    host = "127.0.0.1" if host in {"localhost", "::1"} else host
    return ("server", host, parts.port or 5432, parts.path.strip("/"))
