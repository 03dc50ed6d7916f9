"""Two hundred who want the same hour: one has it, and the others are told who came first."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection, transaction

from casemgr.actions.errors import GuardRefused
from casemgr.pages.dates import moment
from casemgr.rooms import booking as bookings
from casemgr.rooms.booking import Wanted
from casemgr.rooms.models import Booking, Claim
from tests.support.register import agency, person
from tests.support.rooms import a_room

pytestmark = [pytest.mark.rivals, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 12, 8)
WRITERS, RIVALS = 8, 200


def together(work: Callable[[int], str]) -> Counter[str]:
    """What each of the two hundred tries came to; eight at a time, all from the same moment on."""
    found: list[str] = []
    start = threading.Barrier(WRITERS)

    def run(writer: int) -> None:
        try:
            start.wait(timeout=10)
            for number in range(writer, RIVALS, WRITERS):
                found.append(work(number))
        except BaseException as error:
            found.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return Counter(found)


@pytest.mark.parametrize("thing", ["room", "panel member", "head"])
def test_of_two_hundred_rivals_one_wins(thing: str) -> None:
    """Their times differ, and each overlaps with all the others'."""
    officer, room, member, police = person("officer", "officer"), a_room("hearing"), person("panel", "panel"), agency()

    def work(number: int) -> str:
        minute = number % 40
        wanted = Wanted(
            moment(TODAY, time(9, minute)),
            moment(TODAY, time(10, minute)),
            room if thing == "room" else None,
            (member,) if thing == "panel member" else (),
            (police,) if thing == "head" else (),
        )
        try:
            with transaction.atomic():
                bookings.book(wanted, "hearing", officer)
        except GuardRefused as refused:
            return refused.refusals[0].code
        return "won"

    assert together(work) == {"won": 1, "already-taken": RIVALS - 1}
    assert Booking.objects.count() == Claim.objects.count() == 1


def test_who_takes_many_things_waits_for_the_others_and_nobody_is_locked_out() -> None:
    """Panels that share members in every order: no two bookings that stand share anybody."""
    officer, people = person("officer", "officer"), [person(f"panel{n}", "panel") for n in range(6)]

    def work(number: int) -> str:
        if number >= 48:
            return "left out"
        turned = people[number % 6 :] + people[: number % 6]
        if number % 2:
            turned.reverse()
        wanted = Wanted(moment(TODAY, time(9)), moment(TODAY, time(10)), None, tuple(turned[:3]))
        try:
            with transaction.atomic():
                bookings.book(wanted, "hearing", officer)
        except GuardRefused as refused:
            return refused.refusals[0].code
        return "won"

    found = together(work)
    assert set(found) == {"won", "already-taken", "left out"}
    assert 1 <= found["won"] <= 2
    taken = list(Claim.objects.values_list("what", flat=True))
    assert len(taken) == len(set(taken)) == 3 * found["won"]
