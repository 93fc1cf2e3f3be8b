"""What is to be said in a file that goes back: findings, each at its cell. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from hub.base.temuan import ERROR, INFO, WARNING
from hub.lembar.spots import Spot

LEVELS = (ERROR, WARNING, INFO)
"""The gravest first."""

AUTHOR = "Hub: temuan"
"""Who writes the notes; no person."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding at one place. `number`: the same where one finding has several places; `sheet`: as the hub names it; `row` 0: it has no
    cell; `written`: what stands there; `accepted`: the sender took the proposal over and it was read so."""

    number: int
    level: str
    kode: str
    message: str
    remedy: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    written: str = ""
    proposal: str = ""
    accepted: bool = False

    @property
    def spot(self) -> Spot:
        return self.row, self.column

    @property
    def words(self) -> str:
        """The finding with its remedy, as it stands in a note."""
        lines = [f"{self.level}: {self.message}"]
        if self.remedy:
            lines.append(f"Tindakan: {self.remedy}")
        if self.proposal:
            lines.append(f"Usulan: {self.proposal}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an annotated file brings back: the name of its sheet of findings; how its marked cells were filled before that,
    (sheet, row, column) → the fill as styles have it, "" for none."""

    sheet: str
    fills: Mapping[tuple[str, int, int], str] = field(default_factory=dict)


def of_sheets(notes: Iterable[Note]) -> dict[str, dict[Spot, list[Note]]]:
    """Those that have a cell, by sheet and cell."""
    found: dict[str, dict[Spot, list[Note]]] = {}
    for note in notes:
        if note.row:
            found.setdefault(note.sheet, {}).setdefault(note.spot, []).append(note)
    return found


def gravest(notes: Iterable[Note]) -> str:
    return min((n.level for n in notes), key=LEVELS.index)


def as_json(notes: Iterable[Note], earlier: Earlier | None) -> dict[str, Any]:
    fills = [[*place, fill] for place, fill in earlier.fills.items()] if earlier else []
    return {"notes": [astuple(n) for n in notes], "earlier": earlier.sheet if earlier else None, "fills": fills}


def from_json(said: Mapping[str, Any]) -> tuple[list[Note], Earlier | None]:
    notes = [Note(*n) for n in said["notes"]]
    if said["earlier"] is None:
        return notes, None
    return notes, Earlier(said["earlier"], {(s, r, c): fill for s, r, c, fill in said["fills"]})
