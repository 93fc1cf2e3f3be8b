"""What a sheet of a template says of itself, in words that people see and that live through every program: so the hub knows its own
template when it comes back, and what of it is nothing to be read. Pure."""

import re
from dataclasses import dataclass

from hub.lembar.sheet import Sheet

NOT_READ = "Lembar ini tidak dibaca hub."
_BEGINS = "Templat hub: "
_TOP = 8  # rows in which it may stand: people put a line or two above
_FORM = re.compile(
    rf"{_BEGINS}(?P<formulir>[A-Z]\d+) / (?P<pelapor>\d\d(?:\.\d\d)?) / (?P<periode>[0-9A-Z-]+) / versi (?P<versi>\d{{1,6}})"
)


@dataclass(frozen=True, slots=True)
class TemplateMark:
    """Of which form a template is, for whom, for which period, by which version of the form."""

    formulir: str
    pelapor: str
    periode: str
    versi: int

    def __str__(self) -> str:
        return f"{_BEGINS}{self.formulir} / {self.pelapor} / {self.periode} / versi {self.versi}"


def list_mark(what: str) -> str:
    """Of a list: "sumber-daya LKS"."""
    return _BEGINS + what


def mark_of(sheet: Sheet) -> TemplateMark | None:
    """What a sheet of a form's template says; None where it is none."""
    for text in _top(sheet):
        if (found := _FORM.fullmatch(text)) is not None:
            return TemplateMark(found["formulir"], found["pelapor"], found["periode"], int(found["versi"]))
    return None


def is_template(sheet: Sheet) -> bool:
    """Whether it is to be filled in: what stands above its table was written by the hub."""
    return any(text.startswith(_BEGINS) for text in _top(sheet))


def is_not_read(sheet: Sheet) -> bool:
    """Whether it says of itself that it is nothing to be read: explanations, figures to compare with."""
    return any(text == NOT_READ for text in _top(sheet))


def _top(sheet: Sheet) -> list[str]:
    return [" ".join(c.split()) for row in sheet.rows[:_TOP] for c in row[:3]]
