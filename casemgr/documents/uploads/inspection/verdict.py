"""What an inspection answers: facts about the file, or the reason why it is not taken."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


class Refused(Exception):
    """The file is not taken. `code` is one of `refusals.TEXTS`."""

    def __init__(self, code: str, **detail: str | int) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass
class Facts:
    """`kind` names the file more exactly than its first bytes; `features` are what a reader must know of."""

    kind: str = ""
    pages: int | None = None
    features: list[str] = field(default_factory=list)
    is_inert: bool = False
    outputs: list[str] = field(default_factory=list)
    """Names of files made in the output folder: `page.jpg` for paper, `original` without traces."""

    def as_json(self) -> dict:
        return asdict(self)
