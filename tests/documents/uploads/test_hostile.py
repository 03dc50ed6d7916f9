"""Hostile files through the real upload: refused in plain words or kept for download only, and the server lives on."""

from __future__ import annotations

import re
import resource
import time
from collections import Counter

import pytest
import requests

from casemgr.documents.uploads.models import Material
from tests.support.browser import session_cookie
from tests.support.hostile import INERT, Hostile, hostile_files
from tests.support.papers import a_case, an_office

pytestmark = pytest.mark.django_db(transaction=True)
SLOWEST = 20.0
A_FEW = 14


class Clerk:
    """A person with a browser, as far as sending files goes."""

    def __init__(self, server: str, user, case) -> None:
        self.address = f"{server}/cases/{case.pk}/materials/add/"
        self.session = requests.Session()
        cookie = session_cookie(user)
        self.session.cookies.set(cookie["name"], cookie["value"])
        page = self.session.get(self.address, timeout=30)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        self.today = re.search(r'name="received_on" value="([\d-]+)"', page.text)[1]

    def send(self, file: Hostile) -> requests.Response:
        return self.session.post(
            self.address,
            data={"csrfmiddlewaretoken": self.token, "kind": "evidence", "received_on": self.today},
            files={"files": (file.name, file.content)},
            headers={"Referer": self.address},
            allow_redirects=False,
            timeout=90,
        )


def outcome_of(file: Hostile, answer: requests.Response, before: int) -> str:
    """What is wrong with how the file was treated, or an empty text."""
    kept = Material.objects.filter(pk__gt=before).first()
    if answer.status_code == 422:
        said = re.search(r'class="error-summary".*?<li>(.*?)</li>', answer.text, re.DOTALL)
        if kept:
            return "refused and kept"
        return "" if said and len(said[1]) > 20 else "refused without a word"
    if answer.status_code != 302 or kept is None:
        return f"answered {answer.status_code}"
    if file.outcome != INERT:
        return "was kept"
    return "" if kept.is_inert else "was kept to be shown"


def tried(server: str, files: list[Hostile]) -> dict[str, str]:
    office = an_office()
    clerk = Clerk(server, office.officer, a_case(office))
    wrong = {}
    for file in files:
        before = Material.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        begun = time.monotonic()
        problem = outcome_of(file, clerk.send(file), before)
        if time.monotonic() - begun > SLOWEST:
            problem += " slowly"
        if problem:
            wrong[file.name] = problem
    assert clerk.session.get(clerk.address, timeout=30).status_code == 200
    clerk.session.close()  # else the server's thread keeps its database connection
    return wrong


def test_a_few_of_each_sort(live_server) -> None:
    files = list(hostile_files())
    assert tried(live_server.url, files[:: len(files) // A_FEW]) == {}


@pytest.mark.long
def test_more_than_a_hundred(live_server) -> None:
    files = list(hostile_files())
    assert len({file.content for file in files}) > 100
    assert not [name for name, count in Counter(file.name for file in files).items() if count > 1]
    assert tried(live_server.url, files) == {}
    # The inspections' memory is theirs: the largest child stayed under its limit.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_200_000
