"""Progress by a code: what is kept of it, what the page tells, and that guessing learns nothing."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.organisation.tokens import limits
from reconsideration.models import QueryCode
from reconsideration.openness.codes import secrets
from reconsideration.openness.codes.looking import MOST_FAILURES
from reconsideration.openness.public.progress import WORDS
from reconsideration.states import STATES
from tests.support.papers import DECIDED, a_case, part_of

pytestmark = pytest.mark.django_db
ADDRESS = "/public/progress/"


@pytest.fixture
def received(office):
    return a_case(office)


def issued(office, case, word: str = "骆驼", **changes) -> QueryCode:
    part = part_of(case, "applicant")
    sent = {"case": case.pk, "participation": part.pk, "word_is": "own", "word": word, **changes}
    return perform("query_code.issue", None, sent, office.officer, DECIDED)


def asked(code: str, word: str, client: Client | None = None):
    return (client or Client()).post(ADDRESS, {"code": code, "word": word})


def test_a_code_has_75_bits_and_neither_it_nor_the_word_is_kept(office, received) -> None:
    code = issued(office, received)
    assert len(secrets.ALPHABET) ** secrets.LENGTH == 2**75
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){2}", code.secret)
    row = QueryCode.objects.filter(pk=code.pk).values().get()
    signs = code.secret.replace("-", "")
    assert not any(text in str(row) for text in (code.secret, signs, "骆驼"))
    assert not any(text in str(list(QueryCode.history.values())) for text in (code.secret, signs, "骆驼"))


def test_the_page_tells_stage_day_and_silence_but_no_name_and_no_number(office, received) -> None:
    code = issued(office, received)
    answer = asked(code.secret.lower().replace("-", " "), " 骆 驼 ")
    text = answer.content.decode()
    assert "视为已经受理" in text
    assert "2026年9月8日" in text, "R-ACC: 1 September and five working days"
    for secret in ("其其格", "达拉特旗公安局", received.number, code.secret, "骆驼", "锡尼街"):
        assert secret not in text
    assert "no-store" in answer["Cache-Control"]
    assert AccessLog.objects.get(kind="progress_looked").subject_id == code.pk


def test_a_code_in_the_address_is_not_heeded(office, received) -> None:
    code = issued(office, received)
    page = Client().get(ADDRESS, {"code": code.secret, "word": "骆驼"}).content.decode()
    assert "视为已经受理" not in page
    assert code.secret not in page


def shown(answer) -> tuple[int, str]:
    """Status and page, without what differs between any two answers."""
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_wrong_code_wrong_word_and_void_code_cost_and_answer_the_same(office, received) -> None:
    void, code = issued(office, received), issued(office, received)
    assert QueryCode.objects.get(pk=void.pk).revoked_on == DECIDED
    tries = {
        "unknown": ("00000-00000-00000", "骆驼"),
        "nonsense": ("<script>", "骆驼"),
        "wrong word": (code.secret, "绵羊"),
        "void": (void.secret, "骆驼"),
    }
    seen, statements = {}, {}
    for name, (typed, word) in tries.items():
        client = Client()
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            seen[name] = shown(asked(typed, word, client))
        # how often was tried is counted alike for known and unknown codes; the first try of a minute makes its row
        told = [one["sql"] for one in captured if "attemptwindow" not in one["sql"] and "SAVEPOINT" not in one["sql"]]
        statements[name] = [re.sub(r"'[^']*'|\d+", "?", one.split("VALUES")[0]) for one in told]
    assert len(set(seen.values())) == 1
    assert {tuple(one) for one in statements.values()} == {tuple(statements["unknown"])}
    assert AccessLog.objects.filter(kind="progress_refused").count() == len(tries)


def test_guessing_is_slowed_by_address_and_by_code_and_ends_the_code(office, received, settings) -> None:
    settings.PUBLIC_TRIES_PER_ADDRESS, settings.PUBLIC_TRIES_PER_CODE = 3, 1000
    with mock.patch.object(limits.time, "time", lambda: 1_800_000_000):
        found = [asked(secrets.make(), "1234").status_code for _try in range(5)]
        assert found == [200, 200, 200, 429, 429]
        code = issued(office, received)
        blocked = asked(code.secret, "骆驼")
        assert (blocked.status_code, blocked["Retry-After"]) == (429, "60")
    settings.PUBLIC_TRIES_PER_ADDRESS, settings.PUBLIC_TRIES_PER_CODE = 1000, 3
    with mock.patch.object(limits.time, "time", lambda: 1_800_001_200):
        for typed in (code.secret, "00000-00000-00000"):
            assert [asked(typed, "1234").status_code for _try in range(4)] == [200, 200, 200, 429], "known or not"
    settings.PUBLIC_TRIES_PER_CODE = 1000
    with mock.patch.object(limits.time, "time", lambda: 1_800_002_400):
        for _try in range(MOST_FAILURES):
            asked(code.secret, "1234")
        assert "视为已经受理" not in asked(code.secret, "骆驼").content.decode()
    fresh = issued(office, received)
    assert "视为已经受理" in asked(fresh.secret, "骆驼").content.decode()


def test_a_word_from_the_records_and_who_may_give_a_code(office, received) -> None:
    part = part_of(received, "applicant")
    with pytest.raises(InvalidInput):
        issued(office, received, word_is="phone")
    part.party.set_phone("13800001234")
    part.party.save()
    code = issued(office, received, word_is="phone")
    assert "视为已经受理" in asked(code.secret, "1234").content.decode()
    sent = {"case": received.pk, "participation": part.pk, "word_is": "own", "word": "骆驼"}
    with pytest.raises(Forbidden):
        perform("query_code.issue", None, sent, office.authority, DECIDED)
    with pytest.raises(InvalidInput):
        perform("query_code.issue", None, sent, office.stranger, DECIDED)


def test_the_slip_shows_the_code_once(client, office, received) -> None:
    client.force_login(office.officer)
    address = f"/reconsideration/query-codes/new/?case={received.pk}"
    assert client.get(address).status_code == 200
    part = part_of(received, "applicant")
    slip = client.post(address, {"case": received.pk, "participation": part.pk, "word_is": "own", "word": "骆驼"})
    found = re.search(r'<p class="code">([\w-]+)</p>', slip.content.decode())
    assert found is not None
    assert "no-store" in slip["Cache-Control"]
    assert found[1] not in client.get(address).content.decode()
    assert "视为已经受理" in asked(found[1], "骆驼").content.decode()


def test_every_state_of_a_case_has_words_of_its_own_for_the_public() -> None:
    assert set(WORDS) == {state.code for state in STATES}
