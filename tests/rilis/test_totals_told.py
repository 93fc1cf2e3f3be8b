"""What the tables show of small provinces, approved one kabupaten after another and put right, tells nothing narrow: asked of HiGHS,
over all levels and every version that stood. The public is the attacker, and each office, which knows its own figures."""

import random

import pytest

from hub.base.public_id import RekapKey
from hub.db.database import Database
from hub.rilis import settled
from hub.rilis.figures import Figure, Shown
from hub.rilis.primary import Thresholds
from hub.rilis.province import Decision, decide
from hub.rilis.service import release_office
from hub.rilis.stored import choices_of, figures_of
from hub.rilis.totals import release_totals
from hub.rilis.totals_statements import Place, newest_releases, shown_totals
from tests.rilis.made_figures import figures, regions, revised
from tests.rilis.made_province import BY_SEX, Province
from tests.rilis.made_releases import OFFICER, PROV, Made, newest_versions, played, put_figures, rows

PERIOD = "2025-TW1"
ELEMENTS = {1: ("F02", "BAN08"), 2: ("F13", "LAY03"), 3: ("F06", "KTK03")}


class _Told:
    """A province as its tables show it. `opened`, `waited`: how many totals, over all steps."""

    def __init__(self, db: Database, sensitivity: int) -> None:
        self.db = db
        self.sensitivity = sensitivity
        self.formulir, self.elemen = ELEMENTS[sensitivity]
        self.seen = Province()
        self.opened = self.waited = 0

    async def approve(self, kab: str, own: list[Figure]) -> None:
        async with self.db.as_actor(OFFICER) as conn:
            await put_figures(conn, "angka", kab, self.elemen, [(f, f.value) for f in own])
            await release_office(conn, RekapKey(kab, self.formulir, PERIOD), [self.elemen])
        await release_totals(self.db, PROV, self.formulir, PERIOD)
        self.seen.now[kab] = own
        await self._look()

    async def _look(self) -> None:
        read = await rows(
            self.db, "SELECT kode_wilayah, rincian, nilai::int FROM angka_rilis WHERE elemen = %s AND periode = %s", self.elemen, PERIOD
        )  # fmt: skip
        stands = {(region, choices_of(rincian)): value for region, rincian, value in read}
        everything: list[Figure] = []
        hidden: set[int] = set()
        versions = await newest_versions(self.db, self.elemen, PERIOD)
        for version in versions.values():
            for f in figures_of(version, PERIOD):
                value = stands.get((f.region, f.choices))
                assert value in (None, f.value)
                if value is None:
                    hidden.add(len(everything))
                everything.append(f)
                if version.terancam:
                    self.seen.unprotected.add((f.region, str(f.choices), f.value, ""))
        at = Place(PROV, self.formulir, PERIOD)
        async with self.db.as_owner() as conn:
            own = (await newest_releases(conn, at, [self.elemen], frozenset(versions)))[self.elemen]
            totals = (await shown_totals(conn, at, [self.elemen])).get(self.elemen, [])
        tops = [f for v in versions.values() for f in figures_of(v, PERIOD) if f.region in versions]
        sums = settled.sums(PROV, PERIOD, tops)
        newest = {t.choices: t for t in totals}
        for f in sums:
            total = newest.get(f.choices)
            parts = {k: o.version for k, o in own.offices.items() if f.choices in o.choices}
            if total is None or dict(total.parts) != parts:  # what stands is what stood before
                hidden.add(len(everything))
                self.waited += 1
            else:
                self.opened += 1
            assert stands[PROV, f.choices] == (None if total is None else total.value)
            everything.append(f)
        for c, against in decide(own.offices, totals, sums, Thresholds()).unprotected:
            value = next(f.value for f in sums if f.choices == c)
            self.seen.unprotected.add((PROV, str(c), value, against))
        self.seen.snapshots.append(Shown(everything, hidden))


async def _one_by_one(db: Database, seed: int, sensitivity: int, kabupaten: int) -> _Told:
    chance = random.Random(seed)
    told = _Told(db, sensitivity)
    for i in range(1, kabupaten + 1):
        kab = f"{PROV}.{i:02d}"
        made = figures(chance, regions(kab, 3, 3, chance), BY_SEX, (PERIOD,), sensitivity)
        if own := [f for f in made if f.periode == PERIOD]:
            await told.approve(kab, own)
    for _ in range(2):
        kab = chance.choice(sorted(told.seen.now))
        await told.approve(kab, revised(chance, told.seen.now[kab], 0.2))
    return told


@pytest.mark.parametrize("sensitivity", [1, 2, 3])
def test_nobody_tells_a_count_by_what_the_tables_show(database_url: str, sensitivity: int) -> None:
    async def scene(made: Made) -> None:
        opened = 0
        for seed in range(3):
            told = await _one_by_one(made.db, seed, sensitivity, 5)
            assert told.seen.narrow() == [], seed
            opened += told.opened
            await _forget(made.db)
        assert opened

    played(database_url, scene)


def test_the_attacker_succeeds_where_every_total_is_shown(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the others would mean nothing."""

    def everything(*given: object) -> Decision:
        new = given[2]
        assert isinstance(new, list)
        return Decision(frozenset(f.choices for f in new), frozenset(), frozenset(), frozenset(), frozenset())

    monkeypatch.setattr(settled, "decide", everything)

    async def scene(made: Made) -> None:
        found = []
        for seed in range(3):
            told = await _one_by_one(made.db, seed, 1, 5)
            found += told.seen.narrow()
            await _forget(made.db)
        assert found

    played(database_url, scene)


async def _forget(db: Database) -> None:
    """The next province begins with nothing."""
    async with db.as_owner() as conn:
        for table in ("angka_rilis", "angka_rilis_riwayat", "rilis_kantor", "rilis_total", "rilis_tunggu"):
            await conn.execute(f"DELETE FROM {table}")
    async with db.as_actor(OFFICER) as conn:
        await conn.execute("DELETE FROM angka")
