"""Rows of a list that were left out, in a file that can be mended and brought in again."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hub.lembar.harmless import write_csv

if TYPE_CHECKING:
    from hub.lembar.list_result import RefusedRow


def write_refused(file: Path, refused: "Sequence[RefusedRow]") -> list[str]:
    """Rows that were left out, as written, each with its findings; one file per table. The file may be brought in again
    when it is mended. Returns the names of the files."""
    per_table: dict[tuple[str, tuple[str, ...]], list[RefusedRow]] = {}
    for t in refused:
        per_table.setdefault((t.lembar, tuple(t.header)), []).append(t)
    names = []
    for number, rows in enumerate(per_table.values(), 1):
        path = file if len(per_table) == 1 else file.with_name(f"{file.stem}_{number}{file.suffix}")
        with path.open(
            "w", encoding="utf-8-sig", newline=""
        ) as handle:  # with the mark that spreadsheets know UTF-8 by
            write_csv(handle, _refused_lines(rows))
        names.append(str(path))
    return names


def _refused_lines(rows: "Sequence[RefusedRow]") -> Iterator[Sequence[object]]:
    width = max(len(rows[0].header), *(len(t.cells) for t in rows))
    yield [*rows[0].header, *[""] * (width - len(rows[0].header)), "Baris asal", "Temuan hub"]
    open_sections: tuple[str, ...] = ()
    for t in rows:
        if t.sections != open_sections:  # a row under "KECAMATAN …" is of that kecamatan when it comes back, too
            yield from ([section, *[""] * (width + 1)] for section in t.sections)
            open_sections = t.sections
        errors = " ".join(x.pesan for x in t.temuan if x.tingkat == "GALAT")
        yield [*t.cells, *[""] * (width - len(t.cells)), t.baris, errors]
