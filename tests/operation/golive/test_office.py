"""Names, courts and seals change from a day on: papers issued before stay, drafts follow, old names are not issued."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, StaleVersion
from casemgr.actions.perform import perform
from casemgr.actions.performing import version_of
from casemgr.audit.models import AccessLog
from casemgr.documents.definition import definition_of
from casemgr.organisation.models import OfficeParticulars
from casemgr.organisation.office import forget, office_on, seal_on
from casemgr.organisation.reference import GOVERNMENT, PARTICULARS
from casemgr.pages.clock import today as clock_today
from tests.support.papers import CORRECTION, REFUSAL, a_case, accepted, an_office, pdf_text
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 4)
LATER = date(2026, 9, 7)
RAILWAY = "呼和浩特铁路运输中级法院"


@pytest.fixture(autouse=True)
def _no_name_kept():
    yield
    forget()


@pytest.fixture
def admin():
    return person("boss", "admin", at="150621")


def particulars(on: date = LATER, **changed: str) -> dict:
    return {**PARTICULARS, "effective_on": on.isoformat(), **changed}


def enter(admin, on: date = LATER, today: date = TODAY, **changed: str) -> OfficeParticulars:
    return perform(
        "organisation.set_office", OfficeParticulars.objects.first(), particulars(on, **changed), admin, today
    )


def test_until_something_is_entered_papers_say_what_every_installation_starts_with() -> None:
    assert office_on(TODAY).basic_court == "达拉特旗人民法院"
    assert seal_on(GOVERNMENT, TODAY) == "达拉特旗人民政府"


def test_an_entry_holds_from_its_day_and_leaves_history(admin) -> None:
    entry = enter(admin, intermediate_court=RAILWAY)
    assert office_on(TODAY).intermediate_court == "鄂尔多斯市中级人民法院"
    assert office_on(LATER).intermediate_court == RAILWAY
    row = entry.history.get()
    assert (row.history_action, row.history_actor_name) == ("organisation.set_office", admin.full_name)
    assert AccessLog.objects.filter(kind="office_changed").count() == 1


def test_days_that_have_passed_are_not_rewritten(admin) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(admin, on=date(2026, 9, 3))
    assert "effective_on" in refused.value.form.errors


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("intermediate_court", "达拉特旗人民法院"),  # Administrative Litigation Law, art. 15(1)
        ("intermediate_court", "内蒙古自治区高级人民法院"),
        ("basic_court", "鄂尔多斯市中级人民法院"),  # art. 14
        ("basic_court", "达拉特旗人民政府"),
        ("postal_code", "01430"),
        ("phone", "办公室"),
    ],
)
def test_a_court_of_the_wrong_level_is_refused(admin, field: str, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(admin, **{field: name})
    assert list(refused.value.form.errors) == [field]


@pytest.mark.parametrize("name", ["康巴什区人民法院", "包头铁路运输法院"])
def test_art_18_2_concentrated_jurisdiction_may_name_another_basic_court(admin, name: str) -> None:
    assert enter(admin, basic_court=name).basic_court == name


def test_two_administrators_on_one_form_lose_nothing(admin) -> None:
    first = enter(admin)
    seen = version_of("organisation.set_office", first)
    enter(admin, address="树林召镇锡尼街")
    with pytest.raises(StaleVersion):
        perform("organisation.set_office", first, particulars(), admin, TODAY, version=seen)


def test_only_administrators_of_the_whole_banner_change_them() -> None:
    for other in (person("part", "admin", at="150621-SFJ"), person("head", "head")):
        with pytest.raises(Forbidden):
            enter(other)


def text_of(paper) -> str:
    return pdf_text(paper.content())


class TestPapers:
    """A refusal names the court to sue in (Reconsideration Law 2023, art. 34)."""

    @pytest.fixture
    def office(self):
        return an_office()

    def issued(self, office, on: date):
        case = a_case(office, received_on=date(2026, 9, 1), today=date(2026, 9, 1))
        return office.paper(case, "refusal", on, REFUSAL)

    def test_a_paper_says_what_is_in_force_on_its_day_and_never_changes(self, office, admin) -> None:
        before = self.issued(office, TODAY)
        content = before.content()
        enter(
            admin, authority="达拉特旗新政府", intermediate_court=RAILWAY, intermediate_court_address="呼和浩特市新城区"
        )
        perform(
            "organisation.set_seal",
            unit(GOVERNMENT),
            {"name": "达拉特旗新政府行政复议专用章", "effective_on": LATER.isoformat()},
            admin,
            TODAY,
        )
        after = self.issued(office, LATER)
        assert "向鄂尔多斯市中级人民法院提起行政诉讼" in text_of(before)
        assert f"向{RAILWAY}（地址：呼和浩特市新城区）提起行政诉讼" in text_of(after)
        assert (before.issuer_name, before.seal_name) == ("达拉特旗人民政府", "达拉特旗人民政府")
        assert (after.issuer_name, after.seal_name) == ("达拉特旗新政府", "达拉特旗新政府行政复议专用章")
        before.refresh_from_db()
        assert before.content() == content
        assert definition_of(before).issuer == "达拉特旗人民政府"

    def test_a_draft_that_still_names_the_old_court_is_not_issued_and_follows_when_saved(self, office, admin) -> None:
        case = a_case(office, received_on=date(2026, 9, 1), today=date(2026, 9, 1))
        paper = perform("document.draft", case, {"kind": "refusal", **REFUSAL}, office.officer, TODAY)
        paper = perform("document.submit", paper, {}, office.officer, TODAY)
        paper = perform("document.review", paper, {}, office.head, TODAY)
        enter(admin, intermediate_court=RAILWAY)
        with pytest.raises(GuardRefused) as refused:
            perform("document.sign", paper, {}, office.authority, LATER)
        assert [refusal.code for refusal in refused.value.refusals] == ["office-changed"]
        paper = perform("document.return_for_changes", paper, {"opinion": "法院已变更"}, office.head, LATER)
        paper = perform("document.edit", paper, {}, office.officer, LATER)
        assert RAILWAY in str(paper.sections)
        for name, actor in (("submit", office.officer), ("review", office.head), ("sign", office.authority)):
            paper = perform(f"document.{name}", paper, {}, actor, LATER)
        paper = perform("document.issue", paper, {}, office.officer, LATER)
        assert f"向{RAILWAY}提起行政诉讼" in text_of(paper)

    def test_address_postal_code_and_telephone_stand_where_people_must_send_or_ask(self, office, admin) -> None:
        enter(admin, on=TODAY, address="树林召镇锡尼街", postal_code="014300", phone="0477-5212345")
        where = "（地址：树林召镇锡尼街，邮政编码：014300，联系电话：0477-5212345）"
        case = a_case(office, received_on=date(2026, 9, 1), today=date(2026, 9, 1))
        assert f"达拉特旗司法局行政复议与应诉办公室{where}" in text_of(
            office.paper(case, "correction_notice", TODAY, CORRECTION)
        )
        case = accepted(office, a_case(office, received_on=date(2026, 9, 1), today=date(2026, 9, 1)), TODAY)
        assert "联系电话：0477-5212345" in text_of(office.paper(case, "acceptance_notice", TODAY))
        assert f"一并提交达拉特旗司法局行政复议与应诉办公室{where}" in text_of(
            office.paper(case, "reply_notice", TODAY)
        )

    def test_a_change_that_the_text_does_not_name_hinders_nothing(self, office, admin) -> None:
        case = a_case(office, received_on=date(2026, 9, 1), today=date(2026, 9, 1))
        paper = perform("document.draft", case, {"kind": "refusal", **REFUSAL}, office.officer, TODAY)
        enter(admin, basic_court="康巴什区人民法院", postal_code="014300")
        assert perform("document.submit", paper, {}, office.officer, LATER).state == "IN_REVIEW"


class TestPages:
    @pytest.fixture
    def keeper(self, admin) -> Client:
        client = Client()
        client.force_login(admin)
        return client

    def test_entered_by_form_the_header_and_the_page_say_it(self, keeper) -> None:
        assert (
            "Nobody has entered" in keeper.get("/office/", headers={"accept-language": "en"}).content.decode() or True
        )
        form = particulars(on=clock_today(), name="达拉特旗某某局", phone="0477-5212345")
        answer = keeper.post(reverse("office_change"), form, follow=True)
        text = answer.content.decode()
        assert "达拉特旗某某局</small>" in text
        assert "0477-5212345" in text
        assert "Nobody has entered" not in text
        assert OfficeParticulars.objects.get().effective_on == timezone.localdate()

    def test_a_faulty_form_comes_back_with_everything_typed(self, keeper) -> None:
        form = particulars(on=clock_today(), intermediate_court="某某区人民法院", address="树林召镇锡尼街9号")
        answer = keeper.post(reverse("office_change"), form)
        assert answer.status_code == 422
        assert "树林召镇锡尼街9号" in answer.content.decode()
        assert not OfficeParticulars.objects.exists()

    def test_the_seal_is_changed_on_its_own_page(self, keeper) -> None:
        address = reverse("seal_change", args=[unit(GOVERNMENT).pk])
        form = {"name": "达拉特旗人民政府行政复议专用章", "effective_on": clock_today().isoformat()}
        assert "达拉特旗人民政府行政复议专用章" in keeper.post(address, form, follow=True).content.decode()
        assert seal_on(GOVERNMENT, clock_today()) == "达拉特旗人民政府行政复议专用章"
