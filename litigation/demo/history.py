"""Three years of suits before the demo's day, against forty agencies: which ones, drawn by chance and the seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from casemgr.calendar.current import current_calendar
from litigation.demo.courses import COURSES, LOST, OF_MONEY, Told, steps_of
from litigation.demo.matters import AGENCIES, LOSSES, Act, Sued
from litigation.demo.people import FIRMS, name_by
from litigation.demo.stories import GOVERNMENT, Story

YOUNGEST = 32
"""Working days before today: what came in later, the stories tell."""
OLDEST = 750
SECOND = 0.14
"""Share of suits after a reconsideration that upheld the act, so that the government is sued as well (art. 26(2))."""
ABSENCES = ("lawyer", "duty", "unproved", "left")
EVERY = (0, 8, 4)
"""One head in so many stayed away in the year of the demo's day, in the one before, earlier: it got better."""
UNTIL_SESSION = timedelta(days=75)
"""From the receipt to the session at most: whether a head came counts in the session's year."""


def stories(size: int, today: date, seed: int) -> list[Story]:
    """`size` suits, the earliest first; the same seed and day give the same ones."""
    chance = random.Random(f"demo-history-{seed}")
    days = sorted((_received(place, size, chance) for place in range(size)), reverse=True)
    sued, courses = _dealt(size, chance), _courses(size, chance)
    drawn = _Drawn(chance)
    return [
        drawn.story(number, days[number], today, agency, course)
        for number, (agency, course) in enumerate(zip(sued, courses, strict=True))
    ]


def _received(place: int, size: int, chance: random.Random) -> int:
    """A working day before today: more suits every year."""
    share = (place + chance.random()) / size
    return YOUNGEST + int((OLDEST - YOUNGEST) * share**1.6)


def _dealt(size: int, chance: random.Random) -> list[Sued]:
    """Every agency once, the rest by their shares."""
    once = chance.sample(AGENCIES, min(size, len(AGENCIES)))
    more = chance.choices(AGENCIES, [one.share for one in AGENCIES], k=size - len(once))
    return chance.sample(found := [*once, *more], len(found))


def _courses(size: int, chance: random.Random) -> list[str]:
    """Each way a suit can go, in its share and at least once."""
    once = list(COURSES)[:size]
    more = chance.choices(list(COURSES), list(COURSES.values()), k=size - len(once))
    return chance.sample(found := [*once, *more], len(found))


class _Drawn:
    """What one suit after another turns out to be about."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.reasons = dict.fromkeys(LOSSES, 0)
        self.heads = [0] * len(EVERY)
        self.absent = 0

    def story(self, number: int, received: int, today: date, sued: Sued, course: str) -> Story:
        chance = self.chance
        reason, sued, act = self._lost_for(sued, course) if course in LOST else ("", sued, chance.choice(sued.acts))
        both = sued.name != GOVERNMENT and course not in OF_MONEY and chance.random() < SECOND
        agencies = (sued.name, GOVERNMENT) if both else (sued.name,)
        calendar = current_calendar()
        on = calendar.add_working_days(today, -received)
        amount = str(round(chance.randint(*(act.sums or (6_000, 80_000))), -2))
        told = Told(agencies, received, on, amount, LOSSES.get(reason), reason, self._absence(on, today))
        return Story(
            plaintiffs=self._plaintiffs(act),
            agencies=agencies,
            act=act.title,
            matter=act.matter,
            received=received,
            steps=steps_of(course, told, chance),
            act_number=act.number.replace("{mark}", sued.mark).replace("{serial}", str(11 + number * 3)),
            claims=act.claims,
            cause=act.cause,
            amount=amount if act.sums or course in OF_MONEY else "",
            after="upheld" if both else "",
            reconsideration_number=f"达府行复〔{{year}}〕{7 + number}号" if both else "",
            at_intermediate=sued.name == GOVERNMENT,
        )

    def _plaintiffs(self, act: Act) -> tuple[str, ...]:
        chance = self.chance
        if act.number and act.sums and chance.random() < 0.35:
            return (chance.choice(FIRMS),)
        first = name_by(chance)
        others = {name_by(chance) for _person in range(chance.choice((0, 0, 0, 0, 0, 1, 2)))}
        return (first, *sorted(others - {first}))

    def _lost_for(self, sued: Sued, course: str) -> tuple[str, Sued, Act]:
        """The reason that was rarest so far among those the agency's acts can be lost for; else another's act."""
        rarest = sorted(self.reasons, key=self.reasons.__getitem__)
        if course in OF_MONEY:
            rarest = [reason for reason in rarest if LOSSES[reason].pays]
        for one in (sued, *self.chance.sample(AGENCIES, len(AGENCIES))):
            for reason, act in self._possible(rarest, one):
                self.reasons[reason] += 1
                return reason, one, act
        raise LookupError(course)

    @staticmethod
    def _possible(reasons: list[str], sued: Sued) -> Iterator[tuple[str, Act]]:
        for reason in reasons:
            if act := next((one for one in sued.acts if one.matter in LOSSES[reason].matters), None):
                yield reason, act

    def _absence(self, received_on: date, today: date) -> str:
        """Whether the head stayed away: regularly, and less often with every year."""
        age = min(max(today.year - (received_on + UNTIL_SESSION).year, 0), len(EVERY) - 1)
        self.heads[age] += 1
        if not EVERY[age] or self.heads[age] % EVERY[age]:
            return ""
        self.absent += 1
        return ABSENCES[self.absent % len(ABSENCES)]


__all__ = ["stories"]
