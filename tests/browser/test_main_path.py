"""One case from registration to the archive by clicking, as officer, head and authority do, at a desk and by phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from playwright.sync_api import expect

from casemgr.actions import registry
from casemgr.documents.kinds import kinds_of
from casemgr.jobs.models import Job
from casemgr.jobs.runner import run_job
from reconsideration.demo.people import resident_number
from reconsideration.models import ReconsiderationCase
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits, screenshot
from tests.support.flow import office

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "阿拉坦·其其格"


class Clock:
    """The day that every page takes for today."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = date(2026, 11, 2)
        real = timezone.localdate
        monkeypatch.setattr(
            timezone, "localdate", lambda value=None, zone=None: real(value, zone) if value else self.day
        )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def chinese(text: Any) -> str:
    with translation.override("zh-hans"):
        return str(text)


def label(action: str) -> str:
    return chinese(registry.get(action).label)


class Desk:
    """One person's browser. Every page that appears is checked before anything is clicked on it.

    axe is itself a script: where scripts are off, it is not asked.
    """

    def __init__(self, page: Any, script: bool = True) -> None:
        self.page = page
        self.script = script
        self.seen: set[str] = set()

    def look(self) -> None:
        title = self.page.title()
        assert_fits(self.page)
        if self.script and title not in self.seen:  # axe once for each page as it is titled
            assert_accessible(self.page)
            self.seen.add(title)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def click(self, text: str) -> None:
        """Follow the link with exactly this name, unfolding the other steps it may stand among."""
        for topic in self.page.locator("details.topic:not([open]) > summary").all()[::-1]:
            topic.click()
        self.leave(self.page.get_by_role("link", name=text, exact=True).first)

    def send(self) -> None:
        """Press the form's own button."""
        self.leave(self.page.locator("main form .btn-primary").last)

    def leave(self, target: Any) -> None:
        with self.page.expect_navigation():
            target.click()
        self.look()

    def fill(self, **values: str) -> None:
        """Fields by their name; of a select the words, of a radio its value."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name.replace('__', '-')}']")
            kind = field.first.evaluate("node => node.type || node.tagName.toLowerCase()")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind.startswith("select"):
                field.select_option(label=value)
            else:
                field.fill(value)

    def step(self, action: str, **values: str) -> None:
        """A step of the case or of a paper: its link, its form, and the confirming page of a case's binding step."""
        self.click(label(action))
        self.fill(**values)
        self.send()
        if registry.get(action).binding and self.page.locator("main button[value=confirmed]").count():
            self.send_confirmed()

    def send_confirmed(self) -> None:
        self.leave(self.page.locator("main button[value=confirmed]"))


@pytest.fixture(params=[(DESKTOP, False), (PHONE, True)], ids=["desk-without-script", "phone"])
def desks(request, page_at, clock) -> dict[str, Desk]:
    """Scripts are a comfort only: at the desk they are switched off."""
    size, script = request.param
    people = office()
    return {
        role: Desk(page_at(*size, user=people[role], java_script_enabled=script), script)
        for role in ("officer", "head", "authority", "archive")
    }


def registered(officer: Desk) -> ReconsiderationCase:
    officer.open("/cases/")
    officer.leave(officer.page.locator("main .head .btn-primary"))
    officer.fill(
        people__0__name=NAME,
        people__0__identity_number=resident_number(77, date(1986, 5, 9), "F"),
        people__0__phone="13800000077",
        people__0__address="达拉特旗展旦召苏木展旦召嘎查",
        respondents__0__known_party="展旦召苏木人民政府",
        act_title="责令限期拆除网围栏通知书",
        act_number="展政拆字〔2026〕9号",
        acted_on="2026-10-12",
        matter="行政强制措施",
        received_on="2026-11-02",
        requests="撤销该通知书。",
        reasons="网围栏沿承包草场的界线架设，有草原承包经营权证。",
        known_on="2026-10-13",
    )
    officer.send()
    return ReconsiderationCase.objects.get()


def issued(desks: dict[str, Desk], case: ReconsiderationCase, kind: str, signer: str, **values: str) -> str:
    """Draft, submit, examine, sign and issue one paper; returns its address."""
    officer, head = desks["officer"], desks["head"]
    officer.open(f"/cases/{case.pk}/")
    officer.click(chinese(kinds_of("reconsideration")[kind].name))
    officer.fill(**values)
    officer.send()
    address = officer.page.url.split("?")[0].removesuffix("edit/")
    if officer.page.url.endswith("edit/"):
        officer.leave(officer.page.locator("main button[name=then]"))
    levels = [(desks[signer], "document.sign")]
    if kinds_of("reconsideration")[kind].reviewer_roles:
        levels.insert(0, (head, "document.review"))
    officer.click(label("document.submit") if len(levels) > 1 else chinese(gettext_lazy("Submit for signature")))
    officer.send()
    for desk, action in levels:
        desk.open(address)
        desk.step(action)
    officer.open(address)
    officer.step("document.issue")
    return address


def served(officer: Desk, address: str, day: str, **values: str) -> None:
    officer.open(address)
    officer.leave(officer.page.locator("main td a[href*='document.serve']").first)
    officer.fill(method="in_person", served_on=day, **values)
    officer.send()


def test_a_case_walks_from_receipt_to_archive_by_clicking(desks, clock, request):
    officer, head = desks["officer"], desks["head"]
    case = registered(officer)
    home = f"/cases/{case.pk}/"
    assert officer.page.url.endswith(home)
    assert "2026-11-09" in officer.page.locator("aside time").first.get_attribute("datetime")
    officer.step("reconsideration.examine", **{f"test_{item}": "yes" for item in range(1, 8)})

    clock.day = date(2026, 11, 4)
    head.open("/")
    head.open(home)
    head.step("reconsideration.accept", on="2026-11-04", track="ordinary")
    assert ReconsiderationCase.objects.get().state == "ACCEPTED"

    copy = issued(desks, case, "reply_notice", "head")
    served(officer, copy, "2026-11-04", receiver_name="文书收发室", relation="收发室工作人员")
    clock.day = date(2026, 11, 18)
    officer.open(home)
    officer.step("reconsideration.reply_received", on="2026-11-18")
    officer.step("reconsideration.hear_opinion", party=f"{NAME}（申请人）", channel="phone", content="坚持复议请求")

    head.open(home)
    head.click(label("cases.add_handler"))
    head.page.locator("main [name=handler]").select_option(index=1)
    head.send()

    clock.day = date(2026, 12, 1)
    decision = issued(
        desks, case, "decision", "authority",
        outcome="撤销", grounds="64-1", reply_summary="通知书依据充分，请求维持", facts_found="没有实地核对界线",
        evidence="草原承包经营权证\n责令限期拆除网围栏通知书", reasoning="被申请人没有查清界线的位置",
    )  # fmt: skip
    assert ReconsiderationCase.objects.get().state == "DECIDED"
    clock.day = date(2026, 12, 3)
    served(officer, decision, "2026-12-02")
    served(officer, decision, "2026-12-03", receiver_name="文书收发室", relation="收发室工作人员")
    officer.open(home)
    screenshot(officer.page, f"main-path-{request.node.callspec.id}")
    assert ReconsiderationCase.objects.get().state == "SERVED"

    clock.day = date(2026, 12, 17)  # the last day to sue
    archive = desks["archive"]
    archive.open(home)
    assert archive.page.get_by_role("link", name=label("reconsideration.archive"), exact=True).count() == 0
    clock.day = date(2026, 12, 18)
    archive.open(home)
    archive.page.goto(f"{home}volume/")
    for pages in archive.page.locator("input[name^=pages-]").all():
        pages.fill("2")
    archive.page.fill("#id_archive_number", "达复档2026-001")
    archive.page.click("button[value='volumes.request']")
    archive.page.wait_for_selector("#work")
    done = run_job(Job.objects.get(kind="volumes").pk)
    assert done.status == Job.State.DONE, done.error
    case = ReconsiderationCase.objects.get()
    assert (case.state, case.number) == ("ARCHIVED", "达政复字〔2026〕1号")
    numbers = list(case.documents.order_by("id").values_list("number_text", flat=True))
    assert numbers[-1] == "达政复决字〔2026〕1号"


def test_back_after_filtering_shows_the_same_list(desks, clock):
    officer = desks["officer"]
    case = registered(officer)
    officer.open("/cases/")
    officer.page.fill("#q", "网围栏")
    with officer.page.expect_navigation():
        officer.page.locator("#q").press("Enter")
    officer.look()
    filtered = officer.page.url
    assert case.number in officer.page.locator("main").inner_text()
    with officer.page.expect_navigation():
        officer.page.locator(f"main a[href='/cases/{case.pk}/']").first.click()
    officer.page.go_back()
    expect(officer.page).to_have_url(filtered)
    assert officer.page.input_value("#q") == "网围栏"
    assert case.number in officer.page.locator("main").inner_text()
