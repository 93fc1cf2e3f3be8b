"""Run by the Python of an environment of its own, which has pytauargus and not the hub: tables on stdin, what it hides on stdout.

Each table is a list of [desa, choice, persons]; it is protected by region and choice, counts under five with as much again.
"""

import json
import sys
import tempfile
from pathlib import Path

from pytauargus import protect


def hidden(rows: list[tuple[str, str, int]], folder: Path) -> int:
    """How many cells of the table with all its sums are hidden."""
    counted = [r for r in rows if r[2]]
    lines = []
    for kecamatan in sorted({desa[:8] for desa, _, _ in counted}):
        lines += [_code(kecamatan), *sorted({"@" + _code(d) for d, _, _ in counted if d[:8] == kecamatan})]
    tree = folder / "desa.hrc"
    tree.write_text("\n".join(lines) + "\n")
    persons = [(_code(desa), choice) for desa, choice, n in counted for _ in range(n)]
    columns = {"desa": [d for d, _ in persons], "JK": [c for _, c in persons], "n": [1] * len(persons)}
    told = protect(
        columns, ["desa", "JK"], response="n", safety_rules="FREQ(5,100)", suppress="OPT(1)", hrc={"desa": str(tree)},
        hierleadstring="@", workdir=str(folder),
    )  # fmt: skip
    return sum(cell == "x" for cell in told.tables[0].safe())


def _code(region: str) -> str:
    return region.replace(".", "")


found = []
for table in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as folder:
        found.append(hidden(table, Path(folder)))
json.dump(found, sys.stdout)
