"""Two sessions on one form: the second is told what changed, loses nothing typed and does not undo the first."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from casemgr.actions import registry
from casemgr.actions.news import reconcile
from casemgr.actions.perform import perform
from casemgr.calendar import current
from casemgr.calendar.models import HolidayNotice
from casemgr.cases.models import Act
from casemgr.documents.models import Document
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.roles import ROLES
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.cases.test_recomputation import NOTICE_2027
from tests.cases.test_referral_days import on_the_platform
from tests.support.papers import COPY, a_case, accepted, an_office
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = clock_today()


@pytest.fixture
def boss():
    return person("two-boss", "admin", at="150621", full_name="管理员甲")


class Session:
    """A browser window on one form: it sends what the page held, with what the person typed over it."""

    def __init__(self, user, address: str) -> None:
        self.client, self.address = Client(), address
        self.client.force_login(user)
        self.answer = self.client.get(address)
        assert self.answer.status_code == 200, address

    @property
    def text(self) -> str:
        return unescape(self.answer.content.decode())

    def version(self, near: str = "") -> str:
        page = self.answer.content.decode()
        start = page.index(near) if near else 0
        return re.compile(r'name="seen_version" value="(\d+)"').search(page, start).group(1)

    def send(self, data: dict, to: str = "", near: str = "", key: str = "k") -> int:
        sent = {**data, "seen_version": self.version(near), "request_key": f"{key}{self.version(near)}"}
        self.answer = self.client.post(to or self.address, sent)
        return self.answer.status_code


def both(user, address: str) -> tuple[Session, Session]:
    return Session(user, address), Session(user, address)


def test_a_unit(boss) -> None:
    one = unit()
    first, second = both(boss, f"/units/{one.pk}/change/")
    held = {"name": one.name, "short_name": one.short_name, "kind": one.kind, "parent": one.parent_id}
    held["started_on"] = one.started_on or ""
    assert first.send(held | {"name": "复议科", "reason": "机构改革"}, key="a") == 302
    assert second.send(held | {"short_name": "复议"}, key="b") == 409
    for told in ("管理员甲", "机构改革", "复议科", one.name):
        assert told in second.text
    assert 'name="name" value="复议科"' in second.text, "an entry nobody touched follows the other's change"
    assert second.send(held | {"name": "复议科", "short_name": "复议"}, key="c") == 302
    now = Unit.objects.get(pk=one.pk)
    assert (now.name, now.short_name) == ("复议科", "复议")


def test_an_entry_both_changed_keeps_what_was_typed_and_shows_both(boss) -> None:
    one = unit()
    first, second = both(boss, f"/units/{one.pk}/change/")
    held = {"kind": one.kind, "parent": one.parent_id}
    assert first.send(held | {"name": "复议科"}, key="a") == 302
    assert second.send(held | {"name": "应诉科"}, key="b") == 409
    assert 'name="name" value="应诉科"' in second.text
    assert "复议科" in second.text


def test_a_unit_imported_from_a_list_is_a_new_version(boss, tmp_path) -> None:
    from casemgr.organisation.imports import import_units

    one = unit()
    session = Session(boss, f"/units/{one.pk}/change/")
    sheet = tmp_path / "units.csv"
    sheet.write_text(f"单位代码,单位名称,单位类别\n{one.code},名册里的名称,内设机构\n", encoding="utf-8")
    assert import_units(sheet).updated == 1
    assert session.send({"name": "另名", "kind": one.kind, "parent": one.parent_id}) == 409
    assert "名册里的名称" in session.text


def test_a_persons_name(boss) -> None:
    person("two-user", "officer")
    user = User.objects.get(username="two-user")
    first, second = both(boss, f"/users/{user.pk}/")
    to, near = f"/users/{user.pk}/name/", f"/users/{user.pk}/name/"
    assert first.send({"full_name": "张宝音"}, to, near, key="a") == 302
    assert second.send({"full_name": "张保音", "reason": "误写"}, to, near, key="b") == 409
    for told in ("张宝音", "张保音", "管理员甲"):
        assert told in second.text
    assert second.send({"full_name": "张保音", "reason": "误写"}, to, near, key="c") == 302
    assert User.objects.get(pk=user.pk).full_name == "张保音"


def test_a_role_given_meanwhile_is_seen_before_the_account_is_closed(boss) -> None:
    user = person("two-user", "officer")
    first, second = both(boss, f"/users/{user.pk}/")
    role = {"role": "panel", "unit": unit().pk, "from_on": "", "until_on": ""}
    base = f"/users/{user.pk}"
    assert first.send(role, f"{base}/roles/", f"{base}/roles/", key="a") == 302
    assert second.send({"reason": "调离本单位"}, f"{base}/account/", f"{base}/account/", key="b") == 409
    assert "调离本单位" in second.text
    news = second.text[second.text.index('id="news"') :].split("</section>")[0]
    with override("zh-hans"):
        assert str(ROLES["panel"].label) in news
    assert "管理员甲" in news
    assert User.objects.get(pk=user.pk).is_active


def test_a_log_in_meanwhile_makes_no_form_out_of_date(boss) -> None:
    user = person("two-user", "officer")
    session = Session(boss, f"/users/{user.pk}/")
    Client().force_login(user)
    other = Client()
    other.force_login(user)
    other.post("/large-type/", {"next": "/"})
    to = f"/users/{user.pk}/name/"
    assert session.send({"full_name": "张宝音"}, to, to) == 302


def test_the_end_of_a_role(boss) -> None:
    held = RoleAssignment.objects.get(user=person("two-user", "officer"))
    first, second = both(boss, f"/roles/{held.pk}/end/")
    assert first.send({"until_on": "2026-12-31", "reason": "借调期满"}, key="a") == 302
    assert second.send({"until_on": "2027-03-31", "reason": "借调延长"}, key="b") == 409
    assert "借调期满" in second.text
    assert "借调延长" in second.text
    assert RoleAssignment.objects.get(pk=held.pk).until_on.isoformat() == "2026-12-31"


def test_a_party(boss) -> None:
    agency = Party.objects.filter(kind=Party.Kind.AGENCY).first()
    first, second = both(boss, f"/parties/{agency.pk}/correct/")
    held = {"name": agency.name, "identity_kind": "NONE", "agency_kind": agency.agency_kind, "reason": "核对"}
    assert first.send(held | {"address": "树林召镇甲路"}, key="a") == 302
    assert second.send(held | {"remark": "电话已核", "address": agency.address}, key="b") == 409
    assert "树林召镇甲路" in second.text
    assert 'value="树林召镇甲路"' in second.text
    assert "电话已核" in second.text


@pytest.fixture
def office():
    return an_office()


def test_the_act_of_a_case(office) -> None:
    case = accepted(office, a_case(office))
    address = f"/cases/{case.pk}/actions/cases.correct_act/"
    first, second = both(office.officer, address)
    act = Act.objects.get(pk=case.act_id)
    held = {"title": act.title, "number": act.number, "acted_on": act.acted_on.isoformat() if act.acted_on else ""}
    assert first.send(held | {"number": "达公罚字〔2026〕99号", "reason": "原件核对"}, key="a") == 302
    assert second.send(held | {"title": "行政处罚决定书（更正）", "reason": "名称不全"}, key="b") == 409
    for told in ("达公罚字〔2026〕99号", "行政处罚决定书（更正）", "名称不全"):
        assert told in second.text
    assert 'value="达公罚字〔2026〕99号"' in second.text


def test_a_case_page_says_what_was_recorded(office) -> None:
    case = accepted(office, a_case(office))
    address = f"/cases/{case.pk}/actions/cases.note/"
    first, second = both(office.officer, address)
    assert first.send({"content": "已电话联系申请人"}, key="a") == 302
    assert second.send({"content": "另一条记录"}, key="b") == 409
    assert "李志强" in second.text
    assert "另一条记录" in second.text


def draft_of(office) -> Document:
    case = accepted(office, a_case(office))
    return perform("document.draft", case, {"kind": "reply_notice"}, office.officer, COPY)


def typed_of(paper: Document) -> dict:
    from casemgr.documents.forms import current_values

    return {name: value for name, value in current_values(paper).items() if isinstance(value, str)} | {"complete": "1"}


def test_the_draft_of_a_paper(office) -> None:
    paper = draft_of(office)
    parts = [name for name in typed_of(paper) if name.startswith("text_")]
    first, second = both(office.officer, f"/documents/{paper.pk}/edit/")
    held = typed_of(paper)
    assert first.send(held | {parts[0]: "第一人改的一段。", "as_typed": "1"}, key="a") == 302
    mine = held | {parts[-1]: "第二人改的另一段。" if len(parts) > 1 else "第二人改的。", "as_typed": "1"}
    assert second.send(mine, key="b") == 409
    assert "第一人改的一段。" in second.text
    assert mine[parts[-1]] in second.text
    if len(parts) > 1:
        form = second.text[second.text.index('name="complete"') :]
        assert "第一人改的一段。" in form, "the part the second did not touch follows the first"


def test_a_draft_signed_meanwhile_still_shows_what_was_typed(office) -> None:
    paper = draft_of(office)
    session = Session(office.officer, f"/documents/{paper.pk}/edit/")
    perform("document.submit", paper, {}, office.officer, COPY)
    part = next(name for name in typed_of(paper) if name.startswith("text_"))
    assert session.send(typed_of(paper) | {part: "还没有保存的一段。"}) == 409
    assert "还没有保存的一段。" in session.text


def test_a_step_of_a_paper(office) -> None:
    paper = perform("document.submit", draft_of(office), {}, office.officer, COPY)
    first, second = both(office.head, f"/documents/{paper.pk}/actions/document.sign/")
    back = Session(office.head, f"/documents/{paper.pk}/actions/document.return_for_changes/")
    assert back.send({"opinion": "补充证据一节"}, key="a") == 302
    assert second.send({"opinion": "同意"}, key="b") == 409
    assert "补充证据一节" in second.text
    assert "同意" in second.text
    assert first.version() != second.version()


def test_a_referral() -> None:
    officer = person("two-officer", "officer", full_name="收件员")
    referral = on_the_platform(officer, TODAY)
    accept, decline = (
        Session(officer, f"/referrals/{referral.pk}/actions/{name}/")
        for name in ("referral.accept", "referral.decline")
    )
    assert decline.send({"on": TODAY.isoformat(), "reason": "不属民间纠纷"}, key="a") == 302
    assert accept.send({"on": TODAY.isoformat(), "roster": "名册第3号"}, key="b") == 409
    for told in ("不属民间纠纷", "名册第3号", "收件员"):
        assert told in accept.text


def test_a_holiday_notice(boss) -> None:
    current.forget()
    sent = {"year": 2027, "number": "国办发明电〔2026〕9号", "issued_on": "2026-11-20", "text": NOTICE_2027}
    notice = perform("calendar.enter_notice", None, sent, boss, TODAY)
    first, second = both(boss, f"/calendar/notices/{notice.pk}/")
    rows = {}
    for number, (day, kind, name) in enumerate(notice.days):
        rows |= {f"day-{number}": day, f"kind-{number}": kind, f"name-{number}": name}
    to = f"/calendar/notices/{notice.pk}/days/"
    assert first.send(rows | {"name-0": "元旦节"}, to, key="a") == 302
    assert second.send(rows | {"name-1": "元旦二"}, to, key="b") == 409
    assert "元旦二" in second.text
    assert HolidayNotice.objects.get(pk=notice.pk).days[0][2] == "元旦节"
    current.forget()


def test_every_subject_with_a_version_keeps_it_in_its_history() -> None:
    """The mechanism finds what the second session saw by the version in the history."""
    subjects = {action.model._meta.concrete_model for action in registry.every().values() if action.model is not None}
    for model in subjects:
        if "version" in {column.name for column in model._meta.concrete_fields}:
            assert "version" in {column.name for column in model.history.model._meta.concrete_fields}, model


def test_what_was_typed_into_an_entry_that_is_gone_is_shown(office) -> None:
    paper = draft_of(office)
    session = Session(office.officer, f"/documents/{paper.pk}/edit/")
    held = typed_of(paper)
    gone = next(name for name in held if name.startswith("text_"))
    code = gone.removeprefix("text_")
    Document._base_manager.filter(pk=paper.pk).update(
        sections=[section for section in paper.sections if section["code"] != code], version=paper.version + 1
    )
    assert session.send(held | {gone: "只有我写了这一句。"}) == 409
    assert "只有我写了这一句。" in session.text


def test_every_page_that_shows_the_errors_of_a_form_shows_the_news(boss) -> None:
    """Nobody who writes a new page has to think of it: the news come with the form."""
    one = unit()
    seen = one.version
    perform("organisation.edit_unit", one, {"name": "复议科", "kind": one.kind, "parent": one.parent_id}, boss, TODAY)
    one = Unit.objects.get(pk=one.pk)
    typed = {"name": "应诉科", "kind": one.kind, "parent": one.parent_id}
    found = reconcile(registry.get("organisation.edit_unit"), one, typed, seen, boss, TODAY)
    shown = Template("{% load casemgr_tags %}{% form_errors form %}").render(Context({"form": found.form}))
    assert "复议科" in shown
    assert "应诉科" in shown
