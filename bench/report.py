"""What a bench found: works with their bars, as a table for people and as JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

SCREEN = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Work:
    """One bar of one work. `most`: the value must not be larger; else it must not be smaller."""

    work: str
    value: float
    unit: str
    bar: float
    most: bool = False

    @property
    def ok(self) -> bool:
        return self.value <= self.bar if self.most else self.value >= self.bar

    def as_json(self) -> dict[str, Any]:
        bar = f"{'≤' if self.most else '≥'} {self.bar:g}".replace(".", ",")
        return {"work": self.work, "value": round(self.value, 3), "unit": self.unit, "bar": bar, "ok": self.ok}


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(title=title, title_justify="left")
    for number, k in enumerate(head):
        table.add_column(k, justify="left" if number == 0 else "right")
    for r in rows:
        table.add_row(*r)
    SCREEN.print(table)


def conclude(works: Sequence[dict[str, Any]], file: Path | None) -> int:
    """Print every bar, write the JSON file; 0 when all are met, else 1."""
    show(
        "Bars",
        ["work", "value", "unit", "bar", "ok"],
        [[w["work"], f"{w['value']:g}", w["unit"], str(w["bar"]), "yes" if w["ok"] else "NO"] for w in works],
    )
    if file is not None:
        file.write_text(json.dumps(list(works), ensure_ascii=False, indent=1) + "\n")
    return 0 if all(w["ok"] for w in works) else 1
