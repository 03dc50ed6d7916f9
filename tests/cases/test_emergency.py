"""Breaking the glass: for whom, for how long, who is told; what it never tells; what an auditor says afterwards."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case, CaseAccess, CaseRecusal, EmergencyAccess
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from casemgr.parties.scope import is_in_scope, may_handle
from tests.support.flow import received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
TODAY = clock_today()
WHY = "申请人家属来电称其有生命危险，须立即查阅案卷中的送达地址并联系救助，承办人出差无法联系"
NO_CASE = "达政复字〔2026〕999号"


@pytest.fixture
def case() -> Case:
    return received(date(2026, 9, 1)).case


@pytest.fixture
def outsider():
    """An officer of another bureau."""
    return person("glass-officer", "officer", at=OTHER, full_name="外单位甲")


@pytest.fixture
def auditor():
    return person("glass-auditor", "auditor", at="150621", full_name="审计员")


def opened(actor, number: str, **changes) -> EmergencyAccess:
    data = {"number": number, "category": "safety", "reason": WHY, **changes}
    return perform("cases.open_in_emergency", None, data, actor, TODAY)


def sees(user, case) -> bool:
    return Case.objects.visible_to(type(user).objects.get(pk=user.pk), TODAY).filter(pk=case.pk).exists()


def kinds_told(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def test_it_opens_for_this_person_alone_until_the_hour(case, outsider, auditor, settings) -> None:
    colleague = person("glass-colleague", "officer", at=OTHER)
    assert not sees(outsider, case)
    found = opened(outsider, case.number)
    assert found.outcome == "opened"
    assert sees(outsider, case)
    assert not sees(colleague, case), "the unit does not see it, only the person"
    grant = CaseAccess.objects.get(case=case, user=outsider)
    assert grant.until_at - found.opened_at == timedelta(hours=settings.EMERGENCY_HOURS)
    assert grant.reason == WHY
    grant.until_at = timezone.now() - timedelta(seconds=1)
    grant.save()
    assert not sees(outsider, case), "by the clock, not by the day"


def test_office_head_handler_and_auditor_are_told_at_once(case, outsider, auditor) -> None:
    handler, head = person("glass-handler", "officer"), person("glass-head", "head")
    recused = person("glass-recused-head", "head")
    Case.objects.filter(pk=case.pk).update(lead_handler=handler)
    CaseRecusal.objects.create(case=case, user=recused, reason="近亲属")
    opened(outsider, case.number)
    for reader in (handler, head, auditor):
        assert kinds_told(reader) == ["emergency_opened"], reader
    assert kinds_told(recused) == []
    row = AccessLog.objects.get(kind="emergency_opened")
    assert (row.actor_id, row.subject_id, row.reason) == (outsider.pk, case.pk, WHY)


def test_a_recused_person_is_told_so_and_sees_nothing(case, auditor) -> None:
    officer = person("glass-recused", "officer")
    CaseRecusal.objects.create(case=case, user=officer, reason="近亲属")
    assert opened(officer, case.number).outcome == "recused"
    assert not sees(officer, case)
    assert not CaseAccess.objects.filter(user=officer).exists()
    client = Client()
    client.force_login(officer)
    assert "emergency_missed" in kinds_told(auditor)
    assert case.title not in client.get("/access/emergency/").content.decode()


def test_a_recusal_recorded_later_ends_it(case, outsider) -> None:
    opened(outsider, case.number)
    CaseRecusal.objects.create(case=case, user=outsider, reason="近亲属")
    assert not sees(outsider, case)


@pytest.mark.parametrize("role", ["mediator", "panel", "archive", "department", "finance", "admin", "auditor"])
def test_only_roles_of_the_policy_have_the_door(case, role, client: Client) -> None:
    user = person(f"glass-{role}", role, at=OTHER)
    with pytest.raises(Forbidden):
        opened(user, case.number)
    client.force_login(user)
    assert client.get("/access/emergency/").status_code == 403


def test_the_policy_is_a_setting(case, settings) -> None:
    settings.EMERGENCY_ROLES = ("panel",)
    user = person("glass-panel", "panel", at=OTHER)
    assert opened(user, case.number).outcome == "opened"


@pytest.mark.parametrize("changes", [{"reason": "急用"}, {"reason": " 急 " * 30 + ""}, {"category": ""}])
def test_reason_and_kind_are_needed(case, outsider, changes) -> None:
    if len("".join(changes.get("reason", WHY).split())) >= 20 and changes.get("category", "x"):
        assert opened(outsider, case.number, **changes).outcome == "opened"
        return
    with pytest.raises(InvalidInput):
        opened(outsider, case.number, **changes)
    assert not EmergencyAccess.objects.exists()


def answer(client: Client, number: str, **changes) -> tuple[int, str]:
    sent = {"number": number, "category": "safety", "reason": WHY, "request_key": f"k{number}", **changes}
    reply = client.post("/access/emergency/", sent)
    text = re.sub(r'value="[\w-]{32,}"', "", reply.content.decode())  # tokens against forgery and request keys
    return reply.status_code, text.replace(number, "NUMBER")


def test_the_door_is_no_oracle(case, outsider, auditor, client: Client, settings) -> None:
    """What is answered before anything is recorded does not depend on the number; what does is recorded and told."""
    client.force_login(outsider)
    assert answer(client, case.number, reason="急") == answer(client, NO_CASE, reason="急")
    assert answer(client, case.number, category="")[0] == 422
    assert answer(client, case.number, category="") == answer(client, NO_CASE, category="")
    assert not EmergencyAccess.objects.exists()
    for number in range(settings.EMERGENCY_MISSES):
        assert answer(client, f"达政复字〔2026〕99{number}号")[0] == 302
    assert kinds_told(auditor).count("emergency_missed") == settings.EMERGENCY_MISSES
    assert EmergencyAccess.objects.filter(case__isnull=True).count() == settings.EMERGENCY_MISSES
    client.get("/access/emergency/")  # reads the messages of the attempts above
    hit, miss = answer(client, case.number), answer(client, NO_CASE)
    assert hit == miss
    assert hit[0] == 409
    assert not CaseAccess.objects.exists()
    with pytest.raises(GuardRefused):
        opened(outsider, case.number)
    type(EmergencyAccess.objects.first()).objects.update(opened_at=timezone.now() - timedelta(days=2))
    assert opened(outsider, case.number).outcome == "opened"


def test_a_case_of_another_procedure_looks_like_none(case, outsider) -> None:
    """A reconsideration role does not open what was said in mediation, nor a mediator's role this."""
    mediator = person("glass-town", "town", at="150621100")
    assert opened(mediator, case.number).outcome == opened(mediator, NO_CASE).outcome == "nothing"


def test_the_case_stays_404_for_everybody_else(case, outsider, client: Client) -> None:
    stranger = person("glass-stranger", "officer", at=OTHER)
    opened(outsider, case.number)
    client.force_login(stranger)
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    client.force_login(outsider)
    assert client.get(f"/cases/{case.pk}/").status_code == 200
    log = AccessLog.objects.get(kind="case_opened", actor_id=outsider.pk)
    assert log.data == {"emergency": True}
    refused = client.get(f"/cases/{case.pk}/actions/cases.note/")
    assert refused.status_code == 403, "to read, not to work on"


def test_who_sees_the_case_already_is_told_and_nothing_is_recorded(case) -> None:
    officer = person("glass-own", "officer")
    with pytest.raises(InvalidInput) as refused:
        opened(officer, case.number)
    assert "number" in refused.value.form.errors
    assert not EmergencyAccess.objects.exists()


def test_the_verdict(case, outsider, auditor, client: Client) -> None:
    found = opened(outsider, case.number)
    client.force_login(auditor)
    assert case.number in client.get("/access/emergency/review/").content.decode()
    address = f"/access/emergency/review/{found.pk}/"
    assert WHY in client.get(address).content.decode()
    sent = {"verdict": "unjustified", "seen_version": found.version, "request_key": "v"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"note": "经查并无紧急情况", "request_key": "v2"}).status_code == 302
    found.refresh_from_db()
    assert (found.verdict, found.judged_by, found.is_open) == ("unjustified", auditor, False)
    assert not sees(outsider, case)
    assert kinds_told(outsider) == ["emergency_judged"]
    with pytest.raises(WrongState):
        perform("cases.judge_emergency", found, {"verdict": "justified", "note": "改判"}, auditor, TODAY)


def test_nobody_judges_their_own_and_only_auditors_who_reach_it(case, auditor) -> None:
    both = person("glass-both", "officer", "auditor", at=OTHER)
    found = opened(both, case.number)
    data = {"verdict": "justified", "note": "自查"}
    with pytest.raises(NotVisible):
        perform("cases.judge_emergency", found, data, both, TODAY)
    whole = person("glass-whole", "auditor", at="150621")
    EmergencyAccess.objects.filter(pk=found.pk).update(user=whole)
    found.refresh_from_db()
    with pytest.raises(Forbidden):
        perform("cases.judge_emergency", found, data, whole, TODAY)
    assert perform("cases.judge_emergency", found, data, auditor, TODAY).verdict == "justified"


def test_the_review_page_is_for_auditors(outsider, client: Client) -> None:
    client.force_login(outsider)
    assert client.get("/access/emergency/review/").status_code == 403


def test_the_explanation_names_it(case, outsider, client: Client) -> None:
    opened(outsider, case.number)
    client.force_login(outsider)
    text = client.get("/access/why/", {"case": case.number}).content.decode()
    assert "看得到该案" in text


def test_names_are_read_but_no_record_is_handled(case, outsider, client: Client) -> None:
    applicant = case.participations.get(role="applicant").party
    opened(outsider, case.number)
    reader = type(outsider).objects.get(pk=outsider.pk)
    assert is_in_scope(reader, applicant, TODAY)
    assert not may_handle(reader, applicant, TODAY)
    client.force_login(outsider)
    assert client.get(f"/parties/{applicant.pk}/").status_code == 200
    assert client.get(f"/parties/{applicant.pk}/correct/").status_code == 403
    assert client.post(f"/parties/{applicant.pk}/number/", {"what": "number", "reason": WHY}).status_code == 403
