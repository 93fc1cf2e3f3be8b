"""Lists brought in by the commands of the hub, as its operator does: files made on the way, findings read from the report."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.run_commands import Output, run_here, sql

_FINDING = re.compile(r"(?P<pesan>.*?)(?: \[(?P<tempat>[^\]]*)\])?")


@dataclass(frozen=True)
class Lists:
    """Commands over one database, with files in a folder of their own."""

    url: str
    folder: Path

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def bring(self, kind: str, content: bytes, *options: str, name: str = "daftar.csv") -> "Brought":
        report = self.folder / "laporan.txt"
        report.unlink(missing_ok=True)
        output = run_here(self.url, "import", kind, str(self.file(name, content)), *options, "--report", str(report))
        assert "Traceback" not in output.stderr, output.stderr
        return Brought(output, report.read_text(encoding="utf-8") if report.exists() else "")

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        return sql(self.url, statement)


@dataclass(frozen=True)
class Brought:
    """What a command said of a list."""

    output: Output
    report: str

    @property
    def counts(self) -> tuple[int, int, int]:
        """New, changed, as they were, of a list that was taken."""
        found = re.search(r"(?:Ditulis|Akan ditulis): (\d+) baru, (\d+) berubah, (\d+) tetap", self.report)
        assert found is not None, self.report or self.output.stderr
        return int(found[1]), int(found[2]), int(found[3])

    @property
    def refused(self) -> bool:
        return self.output.returncode == 1 and "Ditolak; tidak ada yang ditulis." in self.report

    def said(self, level: str = "GALAT") -> list[tuple[str, str]]:
        """(sentence, places) of the findings of a level."""
        lines = self.report.split(f"## {level}: ", 1)
        if len(lines) == 1:
            return []
        found = []
        for line in lines[1].split("\n\n", 1)[0].splitlines()[1:]:
            match = _FINDING.fullmatch(line)
            assert match is not None
            found.append((match["pesan"], match["tempat"] or ""))
        return found


def as_csv(header: Sequence[str], *rows: Sequence[Any]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue().encode()
