"""How a release of an office is kept (table `rilis_kantor`) and read again: figures and what was hidden, needs, room. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from hub.katalog.formula import Rincian
from hub.rilis.figures import Figure, Shown
from hub.rilis.office import Need, Released, Room

HIDDEN, CLOSED_SINCE = 1, 2
"""How a figure of a version was told: not at all; openly, until its element became more sensitive, which closed it in all versions.
Openly: 0."""


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """Values of a row of `rilis_kantor`, as JSON of the database. `isi`: [region, choices, value, sensitivity, how it was told];
    `keperluan`: [[choices, version, by how much]…, times]; `ruang`: [choices, down, versions]."""

    versi: int
    isi: list[list[Any]]
    keperluan: list[list[Any]]
    ruang: list[list[Any]]
    jalur: list[str]
    terancam: int

    @property
    def closed_since(self) -> bool:
        """Whether a catalogue closed what it had told."""
        return any(row[4] == CLOSED_SINCE for row in self.isi)


def to_store(figures: Sequence[Figure], released: Released, first: int = 0) -> StoredRelease:
    """`released`: of these figures. `first`: the number of the oldest version that it was decided beside."""
    return StoredRelease(
        first + released.version,
        [[f.region, dict(f.choices), f.value, f.sensitivity, int(i in released.hidden)] for i, f in enumerate(figures)],
        [
            [[[dict(c), first + version, n] for (c, version), n in need.vector.items()], need.times]
            for need in released.needs
        ],
        [[dict(c), room.down, [first + v for v in sorted(room.versions)]] for c, room in released.room.items()],
        list(released.path),
        len(released.unprotected),
    )


def figures_of(stored: StoredRelease, periode: str) -> list[Figure]:
    return [
        Figure(region, choices_of(choices), periode, value, sensitivity)
        for region, choices, value, sensitivity, _ in stored.isi
    ]


def shown(stored: StoredRelease, periode: str) -> Shown:
    """That version, as everybody may have kept it."""
    return Shown(figures_of(stored, periode), [i for i, row in enumerate(stored.isi) if row[4]])


def released(stored: StoredRelease, kode_kab: str) -> Released:
    """What totals need to know of it. `unprotected`: as many as there were, by no place."""
    return Released(
        frozenset(i for i, row in enumerate(stored.isi) if row[4]),
        frozenset(range(stored.terancam)),
        0,
        tuple(_need(n) for n in stored.keperluan),
        _rooms(stored.ruang),
        tuple(stored.jalur),
        stored.versi,
        frozenset(choices_of(row[1]) for row in stored.isi if row[0] == kode_kab),
    )


def _need(stored: Sequence[Any]) -> Need:
    vector, times = stored
    return Need({(choices_of(c), version): n for c, version, n in vector}, times)


def _rooms(stored: Iterable[Sequence[Any]]) -> dict[Rincian, Room]:
    return {choices_of(c): Room(down, frozenset(versions)) for c, down, versions in stored}


def choices_of(stored: Mapping[str, str]) -> Rincian:
    """Choices as JSON of the database has them."""
    return tuple(sorted(stored.items())) if len(stored) > 1 else tuple(stored.items())


def json_of(choices: Rincian) -> str:
    """Choices as a text that the database takes for JSON."""
    return orjson.dumps(dict(choices)).decode()
