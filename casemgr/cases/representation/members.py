"""Participants from a sheet: every row judged like one entered by hand, the good ones entered together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casemgr.cases.models import Case, Participation
from casemgr.cases.representation.acting import SIDES
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.reading import FileRefused, rows_of
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.parties import duplicates, registry
from casemgr.parties.identity import guess_kind, index_group, normalise_number
from casemgr.parties.messages import WHY
from casemgr.parties.models import Party
from casemgr.parties.names import name_key
from casemgr.parties.registry import PartyData
from casemgr.parties.rows import match_rows
from casemgr.parties.search import Match, similar_to
from casemgr.parties.sheet import data_of, problems_of

MAX_ROWS = 1000
NAME, JUDGED = "姓名或名称", "认定"
REQUIRED = (NAME,)
COLUMNS = ("姓名或名称", "证件类型", "证件号码", "性别", "出生日期", "民族", "电话", "住址", "备注", JUDGED)
SAME_PERSON, OTHER_PERSON = "同一人", "另一人"
JUDGED_WORDS = {"same": SAME_PERSON, "other": OTHER_PERSON, "column": JUDGED}
ASK = (duplicates.SAME_Q, duplicates.LIKELY)
NEW, KNOWN, ALREADY, WRONG = "new", "known", "already", "wrong"


@dataclass
class MemberRow:
    """One row: `status` is new, known (in the registry), already (in the case) or wrong, with its problems."""

    number: int
    name: str
    status: str = NEW
    data: PartyData | None = None
    party: Party | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Reading:
    """All rows of a sheet, judged; nothing is written."""

    rows: list[MemberRow] = field(default_factory=list)

    def of(self, *statuses: str) -> list[MemberRow]:
        return [row for row in self.rows if row.status in statuses]

    @property
    def counts(self) -> dict[str, int]:
        return {status: len(self.of(status)) for status in (NEW, KNOWN, ALREADY, WRONG)}


def read(file: UploadedFile, case: Case, side: str, actor: Any, today: date) -> Reading:
    """:raises FileRefused: the file as a whole cannot be read."""
    suffix = Path(file.name or "").suffix.lower()
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        return judge(rows_of(Path(copy.name), REQUIRED), case, side, actor, today)


def judge(rows: Iterator[tuple[int, Row]], case: Case, side: str, actor: Any, today: date) -> Reading:
    """Each row by the registry's checks and levels of likeness, and against the case and the rows before it."""
    reading = Reading()
    parts = {}
    for part in case.participations.filter(role__in=SIDES):
        parts.setdefault(part.party_id, part)
    seen: dict[tuple, int] = {}
    for number, row in rows:
        if len(reading.rows) == MAX_ROWS:
            raise FileRefused(_("The sheet has more than %(most)s rows. Split it.") % {"most": MAX_ROWS})
        member = MemberRow(number, cells.text(row, NAME))
        reading.rows.append(member)
        try:
            _judge_row(member, row, parts, side, seen, actor, today)
        except RowRefused as refused:
            member.status, member.problems = WRONG, _masked(refused.problems)
        except ValidationError as error:
            member.status, member.problems = WRONG, _masked(problems_of(error))
    return reading


def _masked(problems: list[Problem]) -> list[Problem]:
    return [Problem(problem.column, without_numbers(problem.reason)) for problem in problems]


def _judge_row(member: MemberRow, row: Row, parts, side: str, seen: dict[tuple, int], actor, today: date) -> None:
    data = data_of(row, today)
    if data.kind == Party.Kind.AGENCY:
        raise RowRefused([Problem("类型", _("An agency is no member of a group."))])
    if data.identity_number and not data.identity_kind:
        is_person = data.kind == Party.Kind.PERSON
        data = replace(data, identity_kind=guess_kind(data.identity_number, is_person=is_person, today=today))
    registry.check(data, today)
    member.data = data
    for key in _keys(data):
        if key in seen:
            raise RowRefused([Problem(NAME, _("The same person as in row %(row)s.") % {"row": seen[key]})])
        seen[key] = member.number
    member.party = _known(data, cells.text(row, JUDGED), actor, today)
    if member.party is None:
        return
    known = parts.get(member.party.pk)
    if known is None:
        member.status = KNOWN
    elif known.role == side:
        member.status = ALREADY
    else:
        role = Participation.Role(known.role).label
        raise RowRefused([Problem(NAME, _("Stands in this case already as: %(role)s.") % {"role": role})])


def _keys(data: PartyData) -> Iterator[tuple]:
    if data.identity_number:
        yield index_group(data.identity_kind), normalise_number(data.identity_kind, data.identity_number)
    elif data.birth_on or data.phone:
        yield name_key(data.name), data.birth_on, data.phone


def _known(data: PartyData, judged: str, actor, today: date) -> Party | None:
    """The registry's own record for the row, or None for somebody new. :raises RowRefused: a person must say which."""
    if judged and judged not in (SAME_PERSON, OTHER_PERSON):
        words = f"{SAME_PERSON}/{OTHER_PERSON}"
        raise RowRefused(
            [Problem(JUDGED, _("“%(value)s” is not one of: %(words)s.") % {"value": judged, "words": words})]
        )
    if (party := registry.known_by_number(data, today)) is not None:
        return party
    likely = [match for match in similar_to(data.particulars()) if match.level in ASK]
    if not likely or judged == OTHER_PERSON:
        return None
    if judged == SAME_PERSON and len(likely) == 1:
        return likely[0].party
    raise RowRefused([Problem(JUDGED, _which(likely, actor, today))])


def _which(matches: list[Match], actor, today: date) -> str:
    shown = match_rows(matches[:3], actor, today)
    known = "、".join(
        f"{row.row.name}（{row.row.id}，{WHY[match.why]}）" for row, match in zip(shown, matches, strict=False)
    )
    text = _("Likely the same as %(known)s. Write %(same)s or %(other)s into the column %(column)s.")
    return text % {"known": known, **JUDGED_WORDS}
