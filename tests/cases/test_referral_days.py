"""The days of a referral follow the calendar and the case it came from; who receives is asked of the registry."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.perform import perform
from casemgr.calendar import current
from casemgr.cases.models import Case, Referral
from casemgr.cases.procedure import get_procedure, procedures
from casemgr.cases.referrals import receivers
from casemgr.cases.referrals.forms import OutgoingForm
from casemgr.notices.models import Notice
from casemgr.operation.sweep import sweep
from casemgr.organisation.models import Unit
from tests.support.clock_cases import a_received_case
from tests.support.flow import received
from tests.support.register import OFFICE, person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 30)
NEW_YEAR_OFF = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至8日（周五）放假调休，共8天。
二、春节：2月5日（农历除夕前一日、周五）至11日（周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture(autouse=True)
def _fresh_calendar():
    current.forget()
    yield
    current.forget()


def on_the_platform(actor, received_on: date = TODAY) -> Referral:
    """The court asks on its platform: an answer is due within three working days (在线调解规则 12)."""
    data = {
        "dock": "court",
        "kind": "delegated",
        "organ": "达拉特旗人民法院",
        "organ_number": "（2026）内0621诉前调7号",
        "received_on": received_on.isoformat(),
        "procedure": "reconsideration",
        "unit": unit(OFFICE).pk,
        "summary": "邻里宅基地边界纠纷",
        "on_platform": "on",
    }
    return perform("referral.register", None, data, actor, TODAY)


def test_the_published_year_moves_the_last_day_of_a_referral() -> None:
    referral = on_the_platform(person("days-officer", "officer"))
    assert (referral.reply_due_on, referral.calendar_status) == (date(2027, 1, 5), "estimated")
    sent = {"year": 2027, "number": "国办发明电〔2026〕9号", "issued_on": "2026-12-20", "text": NEW_YEAR_OFF}
    notice = perform("calendar.enter_notice", None, sent, person("days-admin", "admin"), TODAY)
    perform("calendar.publish_notice", notice, {}, person("days-head", "head"), TODAY)
    moved = Referral.objects.get(pk=referral.pk)
    assert (moved.reply_due_on, moved.calendar_status) == (date(2027, 1, 12), "published")
    assert moved.version == referral.version, "an open form is not refused for a computed day"
    assert moved.history.first().reply_due_on == moved.reply_due_on


def test_a_local_day_leaves_referrals_elsewhere_in_the_year_alone() -> None:
    referral = on_the_platform(person("days-officer", "officer"), date(2026, 12, 1))
    Referral.objects.filter(pk=referral.pk).update(reply_due_on=date(2026, 12, 3))
    admin = person("days-admin", "admin")
    perform(
        "calendar.override",
        None,
        {"date": "2026-12-15", "kind": "local_off", "name": "停电", "source": "旗政府通知"},
        admin,
        TODAY,
    )
    assert Referral.objects.get(pk=referral.pk).reply_due_on == date(2026, 12, 3)


def test_the_sweep_follows_the_decision_of_the_case_that_asked_for_help() -> None:
    """Help asked in reconsideration ends ten days before the decision is due (dossier on mediation, §5.5)."""
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 3)).accept()
    officer = person("days-sender", "officer")
    data = {
        "dock": "reconsideration",
        "kind": "delegated",
        "to_unit": unit("150621100").pk,
        "parties": [part.pk for part in flow.case.participations.all()],
        "summary": "相邻权争议",
        "issues": "补偿数额",
        "civil_part": "相邻损害赔偿",
        "administrative_part": "处罚决定的合法性",
        "suspend": "no",
    }
    on = date(2026, 9, 10)
    referral = perform("referral.draft", flow.case, data, officer, on)
    for part in referral.parties.all():
        answer = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "当面"}
        perform("referral.consent", referral, answer, officer, on)
    referral = perform("referral.send", referral, {"on": "2026-09-10"}, officer, on)
    town = person("days-town", "town", at="150621100")
    referral = perform("referral.receive", referral, {"on": "2026-09-10"}, town, on)
    decision = flow.case.deadlines.get(rule="R-DEC")
    assert (decision.due_on - referral.result_due_on).days == 10
    type(decision).objects.filter(pk=decision.pk).update(due_on=date(2026, 12, 20))
    Case.objects.filter(pk=flow.case.pk).update(lead_handler=officer)
    assert sweep(date(2026, 9, 11)).referrals_moved == 1
    assert Referral.objects.get(pk=referral.pk).result_due_on == date(2026, 12, 10)
    assert Notice.objects.filter(recipient=officer, kind="referral_moved").exists()
    assert sweep(date(2026, 9, 11)).referrals_moved == 0


def test_the_registry_says_which_procedure_a_unit_receives_for() -> None:
    assert receivers.procedure_of(unit("150621100")) == "mediation"
    assert receivers.procedure_of(unit(OFFICE)) == "reconsideration"
    bureau = Unit.objects.filter(kind=Unit.Kind.DEPARTMENT).first()
    assert receivers.procedure_of(bureau) == ""
    form = OutgoingForm(subject=a_received_case(TODAY), actor=person("days-form", "officer"), today=TODAY)
    offered = form.fields["to_unit"].queryset
    assert unit("150621100") in offered
    assert bureau not in offered


def test_the_ground_asks_a_procedure_for_the_rules_of_its_decision() -> None:
    for procedure in procedures():
        known = {rule.code for rule in get_procedure(procedure.code).rules}
        assert set(receivers.decision_rules(procedure.code)) <= known
    assert receivers.decision_rules("mediation") == ()
