"""What every test can rely on: a database with its reference data, fast passwords, files in a temporary folder.

The database is the one `DATABASE_URL` names (`make test` runs everything on SQLite and on PostgreSQL).
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import SimpleTestCase
from django.utils.translation.reloader import translation_file_changed

from casemgr.operation import messages
from tests.support import first_day, migrated
from tests.support.on_postgresql import is_repeated

pytest_plugins = ["tests.support.browser"]

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("casemgr", deadline=None)
hypothesis.settings.load_profile("casemgr")

_heads = count(1)


def pytest_configure(config: pytest.Config) -> None:
    root = Path(settings.BASE_DIR)
    if messages.is_stale(root):
        # Django has read the old catalogue by now, or none at all, and would keep to it.
        translation_file_changed(None, messages.compile_catalogue(root))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    files = tempfile.TemporaryDirectory(prefix="casemgr-media-")
    config.add_cleanup(files.cleanup)
    settings.MEDIA_ROOT = Path(files.name)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The tables come from a copy. SQLite in a file: live servers and rival writers open connections of their own."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        database.setdefault("TEST", {})["TEMPLATE"] = migrated.postgresql_template(database)
    if database["ENGINE"].endswith("sqlite3"):
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        migrated.copy_to(path)
        database.setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The copied file is kept while the tables are looked at; it goes with its temporary folder."""
    return django_db_keepdb or settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test starts from an installation on its first day: units, calendar, series, standing wording."""
    with ExitStack() as session:
        with django_db_blocker.unblock():
            session.enter_context(first_day.put_back_after_commits())
        yield


@pytest.fixture(autouse=True)
def _own_heads() -> None:
    """Each test's chain of seals begins with its own database, and so does its file of heads."""
    settings.SEAL_HEADS_FILE = Path(settings.MEDIA_ROOT) / "seals" / f"{next(_heads)}.txt"


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: searching it for rubbish again and again cost a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return None if not _is_postgresql() or is_repeated(collection_path) else True


def _is_postgresql() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones begin first. What asks no database says the same on both: on PostgreSQL it is left out.

    A worker that is left with a browser's walk at the end keeps the other one waiting for minutes.
    """
    items.sort(key=_is_quick)
    if not _is_postgresql():
        return
    kept = [item for item in items if _asks_the_database(item)]
    chosen = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = kept


def _is_quick(item: pytest.Item) -> bool:
    return not any(item.get_closest_marker(name) for name in ("long", "processes", "browser"))


def _asks_the_database(item: pytest.Item) -> bool:
    own = any(item.get_closest_marker(name) for name in ("django_db", "rivals", "processes", "long"))
    is_django_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    wanted = {"db", "transactional_db", "live_server", "django_db_setup", "django_user_model", "admin_client"}
    return own or is_django_case or bool(wanted & set(getattr(item, "fixturenames", ())))
