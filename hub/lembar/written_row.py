"""A row of a list as it was written, before anybody asks what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.base.temuan import ERROR, Location, Temuan, display

LETTERS_READ = 2_000  # letters of a cell that are looked at: what is longer is no field of a list
_EMPTY = frozenset(("", "-", "--", "–", "—", "n/a", "na", "null", "tidak ada data", "belum ada data", "..."))


@dataclass(slots=True)
class WrittenRow:
    """`cells`: all of it; `labels`: field → title of its column; `written`: field → what it says, on one line, where it says
    anything; `raw`: the same with its lines; `exact`: fields whose cells hold numbers with a fraction;
    `sections`: the section rows it stands under."""

    lembar: str
    baris: int
    cells: list[str]
    labels: Mapping[str, str]
    written: dict[str, str]
    raw: dict[str, str] = field(default_factory=dict, kw_only=True)
    exact: frozenset[str] = field(default=frozenset(), kw_only=True)
    sections: tuple[str, ...] = field(default=(), kw_only=True)
    temuan: list[Temuan] = field(default_factory=list, kw_only=True)

    def add_finding(self, kode: str, level: str, message: str, column: str, proposal: str | None = None) -> None:
        """A finding about one of its columns."""
        written = self.written.get(column)
        self.temuan.append(Temuan(kode, level, message, nilai=written, usulan=proposal, lokasi=self.location(column)))

    def location(self, column: str) -> tuple[Location, ...]:
        return (Location(lembar=self.lembar, baris=self.baris, kolom=self.labels.get(column, column)),)

    def note_long_texts(self, columns: Mapping[int, str]) -> None:
        """`columns`: place → field."""
        for i, field_name in columns.items():
            if i < len(self.cells) and len(self.cells[i]) > LETTERS_READ and field_name != "no":
                message = (
                    f"{self.labels[field_name]} berisi {display(len(self.cells[i]))} huruf, paling banyak {display(LETTERS_READ)}; "
                    "pendekkan."
                )
                self.add_finding("TEKS_TIDAK_SAH", ERROR, message, field_name)


def written_texts(cells: list[str], columns: Mapping[int, str]) -> dict[str, str]:
    """Field → what its cell says, on one line; nothing of a cell that says nothing."""
    texts = {m: " ".join(cells[i][:LETTERS_READ].split()) for i, m in columns.items() if i < len(cells)}
    return {m: t for m, t in texts.items() if t.casefold() not in _EMPTY}
