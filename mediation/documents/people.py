"""How papers show the parties, and where each of them signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from casemgr.cases.models import Participation
from casemgr.documents.rendering import Cell, Table
from mediation.conditions import WRITTEN_ONLY
from mediation.documents.casefile import SEX_WORDS, CaseFile, age_of, head_word, is_person

AGENT_WORDS = {"statutory_agent": "法定代理人", "agent": "委托代理人", "representative": "代表人"}
SIGN_ALONE = "签名、盖章或者按指印"
SIGN_OR_SEAL = "签名或者盖章"
SIGN_HEIGHT = 19.0
"""Millimetres: as high as a seal of the committee needs at least, and a fingerprint."""


class Signatory(NamedTuple):
    """One place to sign: as what, how, and the name."""

    who: str
    how: str
    name: str


WITNESS = Signatory("见证人", "按指印的，由其签名", "")


def particulars(file: CaseFile, on: date) -> Table:
    """Papers inside the file: everything the 2010 forms ask of a party, the telephone in full."""
    heads = ("当事人", "姓名或者名称", "性别", "民族", "年龄", "职业或者职务", "联系方式", "单位或者住址")
    rows = [tuple(Cell(head, label=True) for head in heads)]
    for part in file.parties:
        party = part.party
        post = "" if is_person(part) else f"{head_word(part)}{party.legal_representative}"
        person = (SEX_WORDS.get(party.sex, ""), party.ethnicity, age_of(part, on)) if is_person(part) else ("—",) * 3
        cells = (*person, post, party.open_phone(), party.address)
        rows.append((Cell(file.side(part), align="center"), Cell(part.name), *(Cell(text) for text in cells)))
    return Table(tuple(rows), widths=(1.8, 2.0, 0.9, 1.1, 1.0, 1.5, 2.5, 2.5), header_rows=1)


def party_lines(file: CaseFile, on: date, *, last4: bool = False) -> tuple[str, ...]:
    """Papers that also reach the other side: no telephone, of the number nothing or its last four figures."""
    found = []
    for part in file.parties:
        party = part.party
        said = [part.name]
        if is_person(part):
            said += [SEX_WORDS.get(party.sex, ""), party.ethnicity, age_of(part, on)]
            said.append(f"住{party.address}" if party.address else "")
            if last4 and party.identity_last4:
                said.append(f"证件号码末四位{party.identity_last4}")
        else:
            said.append(f"住所地{party.address}" if party.address else "")
            if party.legal_representative:
                post = f"，{party.representative_post}" if party.representative_post else ""
                said.append(f"{head_word(part)}{party.legal_representative}{post}")
        found.append(f"{file.side(part)}：{'，'.join(filter(None, said))}。")
        found += [f"{AGENT_WORDS[agent.role]}：{agent.name}。" for agent in file.agents_of(part)]
    return tuple(found)


def way_to_sign(file: CaseFile) -> str:
    """A fingerprint alone is not enough where the special law names signature and seal only.

    Labour Disputes Law, art. 14; Regulation on medical disputes, art. 39.
    """
    return SIGN_OR_SEAL if file.facts.dispute_type in WRITTEN_ONLY else SIGN_ALONE


def own_signatures(file: CaseFile, part: Participation) -> tuple[Signatory, ...]:
    """One party's places: itself, or who signs for it; an organisation signs by its head and its seal."""
    side = file.side(part)
    agents = tuple(
        Signatory(AGENT_WORDS[agent.role], f"代{part.name}签名", agent.name) for agent in file.agents_of(part)
    )
    if is_person(part):
        return (Signatory(side, way_to_sign(file), part.name), *agents)
    head = Signatory(head_word(part), "签名", part.party.legal_representative)
    return (Signatory(side, "盖章", part.name), head, *agents)


def party_signatures(file: CaseFile, parts: Sequence[Participation] | None = None) -> tuple[Signatory, ...]:
    """Places of all parties or of `parts`, and one for the witness where a fingerprint may stand for a signature."""
    found = tuple(one for part in (file.parties if parts is None else parts) for one in own_signatures(file, part))
    return (*found, WITNESS) if file.facts.dispute_type not in WRITTEN_ONLY else found


def staff_signatures(file: CaseFile, recorder: str = "") -> tuple[Signatory, ...]:
    """`recorder` of one session, where it was not the case's."""
    return Signatory("人民调解员", "签名", file.mediator_names), Signatory("记录人", "签名", recorder or file.recorder)


def sign_table(*signatories: Signatory) -> Table:
    """Places to sign, two beside each other, each with room for a fingerprint and the day."""
    rows = []
    for first, second in zip_longest(signatories[::2], signatories[1::2]):
        if second is None:
            rows.append((_label(first), Cell("", span=3, dated=True)))
        else:
            rows.append((_label(first), Cell("", dated=True), _label(second), Cell("", dated=True)))
    return Table(tuple(rows), widths=(2.4, 2.6, 2.4, 2.6), heights=(SIGN_HEIGHT,) * len(rows))


def _label(one: Signatory) -> Cell:
    return Cell(f"{one.who}{one.name}\n（{one.how}）", label=True)
