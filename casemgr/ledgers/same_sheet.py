"""A number that stands in one sheet twice: what is said of the second row is of the sheet, not of the register."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from casemgr.ledgers.definition import CREATED, Answer, Ledger
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row


class SameSheet:
    """The rows of one load that were new, by their number. Costs twelve bytes a row, whatever its cells hold."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._new: dict[bytes, int] = {}

    def remember(self, rows: Iterable[tuple[int, Row]], new: Collection[int]) -> None:
        """Of these rows those that were `new`: the load was stopped after them, and goes on."""
        for number, row in rows:
            if number in new and self.ledger.key:
                self._new.setdefault(key_of(self.ledger, row), number)

    def answers(self, rows: Sequence[tuple[int, Row]], answers: Mapping[int, Answer]) -> dict[int, Answer]:
        """Other answers for rows that the register only holds otherwise because an earlier one brought it there."""
        found: dict[int, Answer] = {}
        for number, row in rows if self.ledger.key else ():
            answer = answers[number]
            if answer == CREATED:
                self._new.setdefault(key_of(self.ledger, row), number)
                continue
            held = not isinstance(answer, str) and any(problem.is_held for problem in answer)
            if held and (first := self._new.get(key_of(self.ledger, row))) is not None:
                found[number] = [doubled(self.ledger, first), *(one for one in answer if not one.is_held)]
        return found


def key_of(ledger: Ledger, row: Row) -> bytes:
    """A digest of the cells that tell a row from all others."""
    return digest([cells.text(row, column) for column in ledger.key])


def doubled(ledger: Ledger, first: int) -> Problem:
    """What is said of a row whose number stands in row `first`, too."""
    message = _("Row %(row)s of this sheet has the same number with other content. Correct one of the two.")
    return Problem(ledger.key[0], message % {"row": first})


def digest(parts: Iterable[str]) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).digest()


__all__ = ["SameSheet", "digest", "doubled", "key_of"]
