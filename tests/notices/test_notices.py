"""What people are told: once, with the happening, by the channels they chose; and the ladder before and after a day."""

from __future__ import annotations

from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from casemgr.actions import outbox
from casemgr.actions.outbox import NoticeKind, declare, tell
from casemgr.notices import sending
from casemgr.notices.digest import queue_digests
from casemgr.notices.mobiles import mobile_of, preference_of, set_mobile
from casemgr.notices.models import NO_ADDRESS, Delivery, Notice, Preference, ReminderRun, ReminderStep
from casemgr.notices.reminders import due_days, remind
from casemgr.notices.sending import send_waiting
from casemgr.operation.sweep import sweep
from tests.support import mediation
from tests.support.flow import received
from tests.support.register import OTHER, person, received_case

pytestmark = pytest.mark.django_db
declare(
    NoticeKind("test.plain", "普通", lambda data: f"第{data['n']}件"),
    NoticeKind("test.urgent", "紧急", lambda data: "紧急事项", is_urgent=True),
)


def texts(user) -> list[str]:
    from casemgr.notices.texts import text_of

    return [text_of(notice) for notice in Notice.objects.filter(recipient=user).order_by("pk")]


def test_a_notice_is_kept_exactly_when_its_happening_is() -> None:
    user = person("told", "officer")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell("test.plain", [user.pk], n=1)
        raise ZeroDivisionError
    tell("test.plain", [user.pk, user.pk], n=2)
    assert texts(user) == ["第2件"]
    for _ in range(2):
        tell("test.plain", [user.pk], once="same", n=3)
    assert texts(user) == ["第2件", "第3件"]
    with pytest.raises(KeyError):
        outbox.tell("nobody-declared", [user.pk])


def test_the_inbox_shows_counts_and_hides_what_left_the_scope(client: Client) -> None:
    case = received(date(2026, 9, 1)).case
    user = person("told", "officer")
    stranger = person("stranger", "officer", at=OTHER)
    for one in (user, stranger):
        tell("test.plain", [one.pk], subject=case, n=7)
    client.force_login(user)
    text = client.get("/notices/").content.decode()
    assert "第7件" in text
    assert 'class="count">1<' in text
    notice = Notice.objects.get(recipient=user)
    assert client.get(f"/notices/{notice.pk}/open/").url == f"/cases/{case.pk}/"
    assert 'class="count"' not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{Notice.objects.get(recipient=stranger).pk}/open/").status_code == 404
    client.force_login(stranger)
    assert "第7件" not in client.get("/notices/").content.decode()
    client.post("/notices/read/")
    assert not Notice.objects.filter(recipient=stranger, read_at__isnull=True).exists()


def test_urgent_ones_go_by_mail_once_and_the_proof_stays() -> None:
    user = person("mailed", "officer")
    user.email = "wang@example.com"
    user.save()
    tell("test.urgent", [user.pk])
    assert send_waiting(timezone.now()) == 1
    assert send_waiting(timezone.now()) == 0
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["wang@example.com"], "紧急")
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.address) == ("sent", "wa***@example.com")


def test_nothing_is_queued_for_who_has_no_mail_address() -> None:
    tell("test.urgent", [person("unmailed", "officer").pk])
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_a_failed_sending_is_shown_and_sent_again_by_decision(client: Client) -> None:
    user = person("nowhere", "officer")
    user.email = "left@example.com"
    user.save()
    tell("test.urgent", [user.pk])
    user.email = ""
    user.save()
    send_waiting(timezone.now())
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.error) == ("failed", NO_ADDRESS)
    client.force_login(person("boss", "admin", at="150621"))
    shown = client.get("/notices/deliveries/?show=failed").content.decode()
    assert delivery.failure in shown
    assert NO_ADDRESS not in shown
    client.post("/notices/deliveries/", {"delivery": delivery.pk})
    delivery.refresh_from_db()
    assert delivery.status == "queued"


def test_what_was_being_sent_when_the_system_stopped_is_not_sent_twice() -> None:
    user = person("uncertain", "officer")
    user.email = "wang@example.com"
    user.save()
    tell("test.urgent", [user.pk])
    Delivery.objects.update(status="sending", started_at=timezone.now() - timedelta(hours=1))
    assert send_waiting(timezone.now()) == 0
    assert Delivery.objects.get().status == "unknown"


def test_an_sms_names_nobody_and_its_number_is_encrypted() -> None:
    user = person("sms", "officer")
    wanted = preference_of(user)
    set_mobile(wanted, "13800001234")
    wanted.sends_urgent_mail, wanted.sends_urgent_sms = False, True
    wanted.save()
    assert b"13800001234" not in bytes(wanted.mobile)
    assert mobile_of(user) == "13800001234"
    sending.RECORDED.clear()
    tell("test.urgent", [user.pk], case="达政复字〔2026〕1号")
    send_waiting(timezone.now())
    ((number, text, _reference),) = sending.RECORDED
    assert number == "138****1234"
    assert "达政复字〔2026〕1号" in text


class Carrier(BaseHTTPRequestHandler):
    seen: list[tuple[str, bytes]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.headers["Authorization"], body))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b'{"id": "carrier-1"}')

    def log_message(self, *args) -> None: ...


@pytest.mark.parametrize(("status", "state"), [(200, "sent"), (503, "failed")])
def test_a_carrier_over_http(settings, status: int, state: str) -> None:
    server = HTTPServer(("127.0.0.1", 0), Carrier)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_GATEWAY = "casemgr.notices.sending.HttpGateway"
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/sms", "secret"
    Carrier.seen, Carrier.status = [], status
    user = person("http", "officer")
    wanted = preference_of(user)
    set_mobile(wanted, "13800001234")
    wanted.sends_urgent_mail, wanted.sends_urgent_sms = False, True
    wanted.save()
    tell("test.urgent", [user.pk])
    send_waiting(timezone.now())
    server.shutdown()
    ((token, _body),) = Carrier.seen
    assert token == "Bearer secret"
    assert Delivery.objects.get().status == state


def an_sms(username: str = "sms") -> Delivery:
    """Handed to the recording carrier."""
    user = person(username, "officer")
    wanted = preference_of(user)
    set_mobile(wanted, "13800001234")
    wanted.sends_urgent_mail, wanted.sends_urgent_sms = False, True
    wanted.save()
    tell("test.urgent", [user.pk])
    send_waiting(timezone.now())
    return Delivery.objects.get(recipient=user)


def reported(client: Client, *, token: str = "carrier-secret", **told: object) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/notices/receipts/", told, content_type="application/json", headers=headers)
    return answer.status_code


def test_the_carrier_reports_what_arrived_and_what_did_not(settings) -> None:
    client, delivery, uncertain = Client(enforce_csrf_checks=True), an_sms(), an_sms("second")
    assert reported(client, reference=delivery.reference, status="delivered") == 404  # no such address yet
    settings.SMS_RECEIPT_TOKEN = "carrier-secret"
    assert reported(client, token="", reference=delivery.reference, status="delivered") == 401
    assert reported(client, reference="unknown", status="delivered") == 404
    for wrong in ({}, {"reference": delivery.reference}, {"reference": 7, "status": "delivered"}):
        assert reported(client, **wrong) == 400
    for _again in range(2):
        assert reported(client, reference=delivery.reference, status="delivered") == 204
    delivery.refresh_from_db()
    assert (delivery.status, delivery.delivered_at is not None) == ("delivered", True)
    assert reported(client, reference=delivery.reference, status="failed") == 204
    delivery.refresh_from_db()
    assert delivery.status == "delivered", "what has arrived has arrived"
    Delivery.objects.filter(pk=uncertain.pk).update(status="unknown", reference="")
    assert reported(client, reference=f"casemgr-{uncertain.pk}", status="failed", reason="停机 13800001234") == 204
    uncertain.refresh_from_db()
    assert uncertain.status == "failed"
    assert "停机" in uncertain.failure
    assert "13800001234" not in uncertain.error


# The review of an application received on Tuesday 1 September 2026 ends on Tuesday 8 September (5 working days).
@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 9, 3), []),
        (date(2026, 9, 4), ["officer"]),  # two working days before
        (date(2026, 9, 7), []),
        (date(2026, 9, 8), ["head", "officer"]),  # on the day
        (date(2026, 9, 9), []),
    ],
)
def test_the_ladder_of_the_review_period(day: date, told: list[str]) -> None:
    flow = received(date(2026, 9, 1), lead_handler=None)
    flow.case.lead_handler = flow.office["officer"]
    flow.case.save()
    Notice.objects.all().delete()
    ReminderRun.objects.update_or_create(pk=1, defaults={"on": day - timedelta(days=1)})
    remind(day)
    names = {flow.office[role].pk: role for role in ("officer", "head")}
    found = Notice.objects.filter(recipient_id__in=names, kind="deadline").values_list("recipient_id", flat=True)
    assert sorted(names[pk] for pk in found) == told
    remind(day)
    assert Notice.objects.filter(recipient_id__in=names, kind="deadline").count() == len(told)


def test_rungs_count_working_days_over_a_holiday() -> None:
    """One working day before 8 October 2026, the first after the holiday, is 30 September."""
    step = ReminderStep(days=-1, unit="working", whom="handler")
    assert date(2026, 10, 8) in due_days(step, date(2026, 9, 29), date(2026, 9, 30))
    assert due_days(step, date(2026, 10, 1), date(2026, 10, 2)) == []
    calendar = ReminderStep(days=-15, unit="calendar", whom="handler")
    assert due_days(calendar, date(2026, 10, 17), date(2026, 10, 18)) == [date(2026, 11, 2)]


def test_a_moved_day_reminds_anew_and_an_ended_period_not_at_all() -> None:
    flow = received(date(2026, 9, 1))
    flow.case.lead_handler = flow.office["officer"]
    flow.case.save()
    ReminderRun.objects.all().delete()
    remind(date(2026, 9, 8))
    mine = Notice.objects.filter(recipient=flow.office["officer"])
    assert mine.count() == 1
    flow.on(date(2026, 9, 8)).act("officer", "cases.correct_date", flow.case, event=flow.case.events.get().pk,
                                  on="2026-08-31", reason="邮戳")  # fmt: skip
    ReminderRun.objects.all().delete()
    remind(date(2026, 9, 7))
    assert mine.count() == 2
    flow.on(date(2026, 9, 7)).accept()
    ReminderRun.objects.all().delete()
    remind(date(2026, 9, 9))
    assert not mine.filter(data__rule="R-ACC", data__days=1).exists()


def test_days_without_a_sweep_are_caught_up_in_one_summary() -> None:
    flow = received(date(2026, 9, 1))
    flow.case.lead_handler = flow.office["officer"]
    flow.case.save()
    flow.on(date(2026, 9, 3)).accept()
    ReminderRun.objects.update_or_create(pk=1, defaults={"on": date(2026, 9, 10)})
    Notice.objects.all().delete()
    remind(date(2026, 9, 16))  # the copy was due on 14 September (7 working days)
    mine = Notice.objects.filter(recipient=flow.office["officer"])
    assert list(mine.values_list("kind", flat=True)).count("deadlines") == 1


@pytest.mark.parametrize("whom", ["handler", "head"])
def test_many_deadlines_cost_no_more_queries_than_few(whom: str) -> None:
    day = date(2026, 9, 8)
    ReminderStep.objects.exclude(whom=whom).delete()
    officer, other = person("ladder-officer", "officer"), person("ladder-other", "officer")
    head = person("ladder-head", "head")
    cost, told = [], []
    for count in (2, 30):
        for _case in range(count):
            case = received_case(date(2026, 9, 1), day, handler=officer)
            case.further_handlers.add(other)
        Notice.objects.all().delete()
        ReminderRun.objects.update_or_create(pk=1, defaults={"on": day - timedelta(days=1)})
        with CaptureQueriesContext(connection) as captured:
            remind(day)
        cost.append(len(captured))
        told.append(Notice.objects.filter(recipient__in=[officer, other, head], kind="deadline").count())
    assert told == ([4, 64] if whom == "handler" else [2, 32])
    # one more: the version of the calendar is looked at again after two seconds
    assert cost[1] <= cost[0] + 1


def test_where_nobody_handles_the_case_the_head_above_is_told() -> None:
    day = date(2026, 9, 8)
    above, beside = person("head-above", "head", at="150621-SFJ"), person("head-beside", "head", at=OTHER)
    received_case(date(2026, 9, 1), day)
    ReminderRun.objects.update_or_create(pk=1, defaults={"on": day - timedelta(days=1)})
    remind(day)
    assert Notice.objects.filter(recipient=above, kind="deadline").exists()
    assert not Notice.objects.filter(recipient=beside).exists()


def test_the_head_is_who_leads_the_office_that_handles_the_case() -> None:
    """For a committee's dispute its secretary and the town, and for a suit the court liaison: by their procedures."""
    registered = date(2026, 9, 1)
    case = mediation.accepted(registered, registered)
    committee = case.unit.code
    secretary = person("ladder-secretary", "committee", at=committee)
    town = person("ladder-town", "town", at=mediation.TOWN)
    elsewhere = person("ladder-elsewhere", "committee", at="150621101")
    recused = person("ladder-recused", "town", at=mediation.TOWN)
    reconsideration = person("ladder-head", "head", at="150621")
    case.recusals.create(user=recused, reason="当事人近亲属")
    day = case.deadlines.get(rule="M-GEN").due_on + timedelta(days=1)
    ReminderRun.objects.update_or_create(pk=1, defaults={"on": day - timedelta(days=1)})
    remind(day)
    told = set(Notice.objects.filter(kind="deadline", data__rule="M-GEN").values_list("recipient__username", flat=True))
    assert told >= {secretary.username, town.username}
    assert told.isdisjoint({elsewhere.username, recused.username, reconsideration.username})


def test_the_sweep_counts_its_reminders() -> None:
    flow = received(date(2026, 9, 1))
    flow.case.lead_handler = flow.office["officer"]
    flow.case.save()
    assert sweep(date(2026, 9, 4)).reminders >= 1
    kept = Notice.objects.count()
    sweep(date(2026, 9, 4))
    assert Notice.objects.count() == kept


def test_the_morning_mail_says_what_is_due_and_comes_once() -> None:
    flow = received(date(2026, 9, 1))
    officer = flow.office["officer"]
    flow.case.lead_handler = officer
    flow.case.save()
    officer.email = "li@example.com"
    officer.save()
    Preference.objects.create(user=officer, digest="workdays")
    assert queue_digests(date(2026, 9, 5)) == 0  # a Saturday
    assert queue_digests(date(2026, 9, 8)) == 1
    assert queue_digests(date(2026, 9, 8)) == 0
    send_waiting(timezone.now())
    assert flow.case.number in mail.outbox[0].body


def test_the_calendar_feed_opens_by_its_secret_alone_and_follows_scope(client: Client) -> None:
    flow = received(timezone.localdate())
    officer = flow.office["officer"]
    flow.case.lead_handler = officer
    flow.case.save()
    client.force_login(officer)
    text = client.post("/notices/preferences/calendar/").content.decode()
    token = text.split("/feeds/")[1].split(".ics")[0]
    assert token not in str(Preference.objects.values())
    client.logout()
    answer = client.get(f"/feeds/{token}.ics")
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    applicant = flow.applicant.name
    assert any(flow.case.number in str(entry["summary"]) for entry in entries)
    assert applicant not in answer.content.decode()
    officer.role_assignments.all().delete()
    assert not Calendar.from_ical(client.get(f"/feeds/{token}.ics").content).walk("VEVENT")
    client.force_login(officer)
    client.post("/notices/preferences/calendar/", {"revoke": "1"})
    client.logout()
    assert client.get(f"/feeds/{token}.ics").status_code == 404


def test_preferences_ask_for_a_mail_address_and_keep_no_number_in_clear(client: Client) -> None:
    user = person("chooser", "head")
    client.force_login(user)
    refused = client.post("/notices/preferences/", {"digest": "daily", "mobile": "12"})
    assert refused.status_code == 422
    sent = {"digest": "daily", "mobile": "13800001234", "email": "a@example.com", "sends_urgent_sms": "on"}
    assert client.post("/notices/preferences/", sent).status_code == 302
    assert "138****1234" in client.get("/notices/preferences/").content.decode()
    assert preference_of(user).sends_urgent_sms
    client.post("/notices/ladder/", {"rule": "R-DEC", "days": "-10", "unit": "working", "whom": "head"})
    assert ReminderStep.objects.filter(rule="R-DEC", days=-10).exists()
    assert (
        client.post("/notices/ladder/", {"rule": "R-NO", "days": "1", "unit": "working", "whom": "head"}).status_code
        == 422
    )


def test_sms_are_not_promised_without_a_number(client: Client) -> None:
    user = person("numberless", "officer")
    client.force_login(user)
    refused = client.post("/notices/preferences/", {"digest": "none", "sends_urgent_sms": "on"})
    assert refused.status_code == 422
    assert "mobile" in refused.context["form"].errors
    kept = {"digest": "none", "sends_urgent_sms": "on", "mobile": "13800001234"}
    assert client.post("/notices/preferences/", kept).status_code == 302
    assert client.post("/notices/preferences/", kept | {"mobile": ""}).status_code == 302
    assert client.post("/notices/preferences/", kept | {"mobile": "", "forget_mobile": "on"}).status_code == 422


def test_who_has_no_address_is_not_asked_for_one_by_what_was_ticked_beforehand(client: Client) -> None:
    client.force_login(person("plain", "officer"))
    form = client.get("/notices/preferences/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    assert client.post("/notices/preferences/", sent).status_code == 302
