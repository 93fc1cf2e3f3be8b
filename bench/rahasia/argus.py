"""How much the hub hides beside what τ-ARGUS hides, in the same tables: an office's first release of an element by sex.

pytauargus (EUPL-1.2) brings τ-ARGUS and its solver with it. It is a program of its own here, in an environment of the bench.
"""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bench import servers
from bench.rahasia.made import Made, MadeProvince, regions_of
from bench.rahasia.made_beside import Choices
from bench.rahasia.made_land import Moved
from hub.base import kode as kode_wilayah
from hub.rilis.figures import Figure
from hub.rilis.office import release
from hub.rilis.primary import Thresholds

_ELEMENT = "REH09"
_SEEDS = range(1, 6)
_REQUIREMENTS = servers.ROOT / "bench/argus_requirements.txt"


@dataclass(frozen=True, slots=True)
class Compared:
    """Hidden cells of the same tables. `primary`: of them those that are small."""

    tables: int
    primary: int
    ours: int
    theirs: int


def compare(home: Path) -> Compared:
    """Over provinces of several seeds. `home`: where the environment is kept. Raises RuntimeError when it cannot be made or fails."""
    tables = [t for seed in _SEEDS for t in _tables(Made(beside=0, seed=seed))]
    python = servers.pip_install(home, "argus", _REQUIREMENTS)
    told = subprocess.run(
        [str(python), str(Path(__file__).with_name("argus_run.py"))],
        input=json.dumps([[(w, c[0][1], n) for (w, c), n in t.items()] for t in tables]), capture_output=True, text=True,
        cwd=home / "argus",  # its engine leaves files where it stands
    )  # fmt: skip
    if told.returncode:
        raise RuntimeError(f"pytauargus: {told.stderr[-800:]}")
    # what else its engine says comes before
    theirs = json.loads(told.stdout[told.stdout.rindex("[") :])
    ours = [_hidden(t) for t in tables]
    return Compared(len(tables), sum(p for p, _ in ours), sum(n for _, n in ours), sum(theirs))


def _tables(size: Made) -> list[dict[tuple[str, Choices], int]]:
    """(desa, choices) → count, of each office and period."""
    reports = MadeProvince(size, tuple(regions_of(size)), Moved(()), {}).reports()
    first = (r for r in reports if r.formulir == "F05" and r.revision == 1)
    tables = ({(w, c): n for (w, e, c), n in r.values.items() if e == _ELEMENT} for r in first)
    return [t for t in tables if any(t.values())]


def _hidden(table: dict[tuple[str, Choices], int]) -> tuple[int, int]:
    """Small cells, and all that are hidden."""
    counts: Counter[tuple[str, Choices]] = Counter()
    for (desa, choices), n in table.items():
        regions = [desa, desa[:8], desa[:5]]
        for region, chosen in product(regions, (choices, ())):
            counts[region, chosen] += n
    figures = [Figure(w, c, "2025", n, 1) for (w, c), n in counts.items()]
    own = next(w for w, _ in counts if kode_wilayah.level_of(w) == kode_wilayah.Level.KABUPATEN)
    return sum(0 < f.value < Thresholds().one for f in figures), len(release(own, figures, Thresholds()).hidden)
