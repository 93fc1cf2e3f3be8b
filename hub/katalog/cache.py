"""The catalogue in memory, fresh within seconds of a change made by any process."""

import asyncio
import time
from collections import defaultdict
from dataclasses import replace
from typing import Any

from hub.base.kode import Level
from hub.base.periode import PeriodeKind
from hub.base.region_names import name_key
from hub.db.database import Database
from hub.katalog import statements as store
from hub.katalog.katalog import (
    MEASURE,
    NO_UNIT,
    Aturan,
    Batas,
    CodeListEntry,
    Elemen,
    Formulir,
    Indikator,
    Katalog,
    Kewajaran,
    RincianDimension,
)

_FRESH_SECONDS = 3.0  # seconds between looks at the data base


class KatalogCache:
    """`get()` answers from memory and looks for a newer catalogue every few seconds."""

    def __init__(self, db: Database, region: str | None = None) -> None:
        """`region`: see Katalog."""
        self._db = db
        self._region = region
        self._katalog: Katalog | None = None
        self._fingerprint = ""
        self._looked_at = float("-inf")
        self._generation = 0
        self._lock = asyncio.Lock()

    async def get(self) -> Katalog:
        if self._katalog is not None and time.monotonic() - self._looked_at < _FRESH_SECONDS:
            return self._katalog
        async with self._lock:
            if self._katalog is None or time.monotonic() - self._looked_at >= _FRESH_SECONDS:
                generation = self._generation
                async with self._db.as_owner() as conn:
                    fingerprint = await store.fingerprint(conn)
                    if self._katalog is None or fingerprint != self._fingerprint:
                        self._katalog, self._fingerprint = self._built(await store.snapshot(conn)), fingerprint
                        self._db.watched = most_sensitive(self._katalog) | await store.sensitive_indicators(conn)
                if generation == self._generation:  # else it changed again while we looked
                    self._looked_at = time.monotonic()
            return self._katalog

    def _built(self, rows: dict[str, list[tuple[Any, ...]]]) -> Katalog:
        return replace(build(rows), region=self._region)

    def forget(self) -> None:
        """Something said that the catalogue has changed: look at once when next asked."""
        self._generation += 1
        self._looked_at = float("-inf")


def most_sensitive(katalog: Katalog) -> frozenset[str]:
    """Codes of elements of sensitivity 3 and of the forms they are in."""
    elemen = {e.kode for e in katalog.elemen.values() if e.sensitif >= 3}
    forms = {e.formulir for e in katalog.elemen.values() if e.sensitif >= 3}
    return frozenset(elemen | forms)


def build(rows: dict[str, list[tuple[Any, ...]]]) -> Katalog:
    """Build the snapshot from rows as `katalog_statements.snapshot` returns them."""
    rincian: dict[str, list[RincianDimension]] = defaultdict(list)
    indikator = tuple(Indikator(*i) for i in rows["indikator"])
    measured = {kode: unit for kode, _, _, unit, *_ in rows["elemen"] if unit not in NO_UNIT}
    measured |= {i.full_kode: i.satuan for i in indikator}
    for elemen, kode, name, pilihan, is_open, own_unit, adds_up, entries, newest in rows["rincian"]:
        unit = measured | own_unit if kode == MEASURE else own_unit
        others = {name_key(text): b["kode"] for b in entries for text in (b["kode"], b["nama"], *b["alias"])}
        others.pop("", None)
        rincian[elemen].append(RincianDimension(kode, name, tuple(pilihan), is_open, unit, adds_up, others, newest))
    elemen_formulir: dict[str, list[Elemen]] = defaultdict(list)
    for e in rows["elemen"]:
        elemen_formulir[e[1]].append(_elemen(e, tuple(rincian[e[0]])))
    aturan: dict[str, list[Aturan]] = defaultdict(list)
    for kode, formulir_, rule_name, left, operator, right, level, pelapor, *rest in rows["aturan"]:
        reporter_level = Level[pelapor] if pelapor else None
        aturan[formulir_].append(
            Aturan(kode, formulir_, rule_name, left, operator, right, level, reporter_level, *rest)
        )
    formulir = {
        kode: Formulir(
            kode, name, version, hash_, PeriodeKind[kind], days, tuple(elemen_formulir[kode]), tuple(aturan[kode]),
            PeriodeKind[shortest],
        )
        for kode, name, version, hash_, kind, days, shortest in rows["formulir"]
    }  # fmt: skip
    code_lists: dict[str, list[CodeListEntry]] = defaultdict(list)
    for name, kode, label, unit, sensitivity, alias, definitions in rows["daftar"]:
        code_lists[name].append(CodeListEntry(name, kode, label, unit, sensitivity, tuple(alias), tuple(definitions)))
    return Katalog(
        formulir=formulir,
        elemen={e.kode: e for f in formulir.values() for e in f.elemen},
        indikator=indikator,
        code_lists={k: tuple(v) for k, v in code_lists.items()},
        satuan={kode: Batas(*rest) for kode, *rest in rows["satuan"]},
        kewajaran=next((Kewajaran(*b) for b in rows["kewajaran"]), None),
    )


def _elemen(e: tuple[Any, ...], rincian: tuple[RincianDimension, ...]) -> Elemen:
    kode, formulir, name, unit, level, is_point, frequency, wilayah, over_time = e[:9]
    sensitivity, is_whole, direction, group, registry, definition, kode_ref, kode_sipd = e[9:17]
    least, most, outside, cumulative, seldom_changes, alias = e[17:]
    return Elemen(
        kode, formulir, name, unit, Level(level), is_point, frequency, wilayah, over_time, sensitivity, is_whole, direction, group,
        None if registry is None else Level(registry), definition, kode_ref, kode_sipd, rincian,
        Batas(least, most, outside), cumulative, seldom_changes, tuple(alias),
    )  # fmt: skip
