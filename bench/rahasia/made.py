"""A made-up province whose kabupaten report people: real names of kabupaten, made-up figures full of noughts, small counts and gaps.

Elements of sensitivity 1, 2 and 3, with and without breakdowns. Everything follows from the seed.
"""

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import psycopg

from bench.rahasia.made_beside import Choices, Values, longer
from bench.rahasia.made_land import SINCE, Moved, change, draw, moves
from hub.akses.service import hash_of, new_token
from hub.base.periode import Periode
from hub.base.uuid7 import uuid7
from hub.db.database import Database
from hub.katalog.install import install_katalog
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.statements import WilayahRow
from seeds.katalog_toml import read_katalog

PROVINCE = "53"
_KABUPATEN = ("Kupang", "Timor Tengah Selatan", "Timor Tengah Utara", "Belu", "Alor", "Flores Timur", "Sikka", "Ende")
_SEXES = ((("JK", "L"),), (("JK", "P"),))
_CASES = tuple((("jenis_kasus", c),) for c in ("penganiayaan", "penelantaran", "perdagangan orang"))
_VICTIMS = tuple((("JK", s), ("usia_korban", u)) for s in "LP" for u in ("anak", "dewasa"))


@dataclass(frozen=True, slots=True)
class Counted:
    """An element as it is reported. `level`: of the regions reported, as the length of their codes; `choices`: that are counted
    apart; `often`: of ten regions, how many count any; `total`: the choices are not all there may be, so their sum is told too;
    `flow`: a longer period is the sum of its parts; `at_most`: the element that counts all whom this may count."""

    kode: str
    formulir: str
    level: int
    choices: tuple[Choices, ...]
    often: int = 6
    total: bool = False
    flow: bool = False
    at_most: str = ""


ELEMENTS = (
    Counted("WIL03", "F01", 13, ((),), often=8),
    Counted("REH09", "F05", 13, _SEXES),
    Counted("REH10", "F05", 13, _SEXES, often=4),
    Counted("REH05", "F05", 8, _SEXES, often=8),
    Counted("REH06", "F05", 8, _SEXES, at_most="REH05"),
    Counted("BAN01", "F02", 13, ((),)),
    Counted("BAN03", "F02", 13, ((),), often=8),
    Counted("BEN02", "F03", 13, ((),), often=4, flow=True),
    Counted("BEN03", "F03", 8, ((),), at_most="BEN02", flow=True),
    Counted("KTK01", "F06", 5, _VICTIMS),
    Counted("KTK02", "F06", 5, ((),), at_most="KTK01"),
    Counted("KTK03", "F06", 5, _CASES, often=8, total=True, flow=True),
    Counted("LAY03", "F13", 8, ((),), flow=True),
)

RATES = {"BAN02": ("BAN01", 225_000), "BAN04": ("BAN03", 200_000)}
"""Element of money → whom it is paid to, rupiah for each."""
_PAID_BY = {"BAN02": (8, (("tahap", "1"),)), "BAN04": (5, ())}
"""→ the level at which it is reported, as the length of codes; in which stage."""


@dataclass(frozen=True, slots=True)
class Made:
    """How large. `desa`: at most in each kecamatan; `revisions`: how many offices put a form right in each period; `beside`: how many
    offices send longer periods by themselves, too; `moving`: some desa are of other regions from the second quarter on."""

    kabupaten: int = 6
    kecamatan: int = 4
    desa: int = 5
    periods: tuple[str, ...] = ("2025-TW1", "2025-TW2", "2025-TW3", "2025-TW4")
    elements: tuple[str, ...] = tuple(e.kode for e in ELEMENTS)
    revisions: int = 2
    beside: int = 2
    moving: bool = True
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Report:
    """One rekap that is sent and approved."""

    kab: str
    formulir: str
    periode: str
    revision: int
    values: Values


@dataclass(frozen=True, slots=True)
class MadeProvince:
    """`regions`: before any of them changed; `tokens`: of the province and of each kabupaten."""

    size: Made
    regions: tuple[str, ...]
    moved: Moved
    tokens: Mapping[str, str] = field(repr=False)

    @property
    def kabupaten(self) -> list[str]:
        return [r for r in self.regions if len(r) == 5]

    def reports(self) -> Iterator[Report]:
        """In the order in which they come in: kabupaten by kabupaten, period by period, and some again. Of offices that send longer
        periods too, one sends them before the last of what they are made of, the others after everything."""
        chance = random.Random(self.size.seed)
        chosen = [e for e in ELEMENTS if e.kode in self.size.elements]
        early = self.kabupaten[0] if self.size.beside else ""
        sent: dict[tuple[str, str], dict[str, Report]] = {}
        for formulir in sorted({e.formulir for e in chosen}):
            mine = [e for e in chosen if e.formulir == formulir]
            for periode, kab in product(self._periods(formulir), chance.sample(self.kabupaten, len(self.kabupaten))):
                values = _with_totals(self._figures(chance, kab, mine, periode))
                sent.setdefault((formulir, periode), {})[kab] = Report(kab, formulir, periode, 1, values)
        for quarter in self.size.periods:
            for formulir, periode in sorted(
                k for k in sent if k[1] in (quarter, *map(str, Periode.read(quarter).parts))
            ):
                first = sent[formulir, periode]
                own = self._longer(sent, early, formulir) if early in first else None
                if own is not None and periode == max(p for f, p in sent if f == formulir):
                    yield own
                yield from first.values()
                late = [k for k in first if k != early]
                for kab in chance.choices(late, k=self.size.revisions) if late else ():
                    before = first[kab]
                    values = _with_totals(_put_right(chance, before.values))
                    first[kab] = Report(kab, formulir, periode, before.revision + 1, values)
                    yield first[kab]
        for formulir in sorted({f for f, _ in sent}):
            for kab in self.kabupaten[1 : self.size.beside]:
                own = self._longer(sent, kab, formulir)
                if own is not None:
                    yield own

    def _periods(self, formulir: str) -> list[str]:
        """What is paid is told by month, here of the last of each quarter; disasters are, in the first quarter of two months."""
        if formulir not in ("F02", "F03"):
            return list(self.size.periods)
        months = [f"{q[:4]}-{int(q[-1]) * 3:02d}" for q in self.size.periods]
        return months if formulir == "F02" else sorted({*months, f"{months[0][:4]}-{int(months[0][-2:]) - 1:02d}"})

    def _longer(self, sent: Mapping[tuple[str, str], Mapping[str, Report]], kab: str, formulir: str) -> Report | None:
        """The first quarter beside its months, of another form half a year beside its quarters; None: it is made of nothing more."""
        if (
            formulir == "F02"
        ):  # money adds up and those it is paid to do not: a quarter of it would say nothing of how many they are
            return None
        wanted = self.size.periods[0] if formulir == "F03" else f"{self.size.periods[0][:4]}-S1"
        parts = [
            (p, r[kab].values) for (f, p), r in sorted(sent.items())
            if f == formulir and kab in r and wanted in map(str, Periode.read(p).ancestors)
        ]  # fmt: skip
        if len(parts) < 2:
            return None
        flows = frozenset(e.kode for e in ELEMENTS if e.flow)
        return Report(kab, formulir, wanted, 1, longer(parts, flows))

    def _figures(self, chance: random.Random, kab: str, elements: list[Counted], periode: str) -> Values:
        values: Values = {}
        there = self.moved.on(self.regions, Periode.read(periode).last_day)
        for e in elements:
            most = chance.choice((4, 12, 90, 300))  # some offices count few of them anywhere
            own = [r for r in there if len(r) == e.level and r.startswith(kab)]
            reporting = [r for r in own if chance.random() > 0.12]
            for region in reporting or own[:1]:
                for choices in e.choices:
                    values[region, e.kode, choices] = _count(chance, e.often, most)
        return _no_more_than_all(values)


def _count(chance: random.Random, often: int, most: int) -> int:
    if chance.randrange(10) >= often:
        return 0
    return chance.choice(
        (chance.randint(1, 4), chance.randint(1, most), chance.randint(1, most), chance.randint(1, most))
    )


def _put_right(chance: random.Random, before: Values) -> Values:
    """A few counts are otherwise; some are three that were typed for three hundred, or the other way round."""
    after = {k: n for k, n in before.items() if k[1] not in RATES}
    for key in after:
        if chance.random() < 0.15:
            after[key] = chance.choice((0, 3, before[key] * 10, before[key] + 1, chance.randint(0, 40)))
    return _no_more_than_all(after)


def _no_more_than_all(values: Values) -> Values:
    """Whom an element may count at most, it does not count more of: a rekap that says so is refused."""
    fitting = dict(values)
    for e in (e for e in ELEMENTS if e.at_most):
        for region, kode, choices in (k for k in values if k[1] == e.kode):
            # of parts the same where they are told, of all a share
            alike = values.get((region, e.at_most, choices))
            every = sum(m for (r, k, _), m in values.items() if r.startswith(region) and k == e.at_most)
            most = every // len(e.choices) if alike is None else alike
            fitting[region, kode, choices] = min(values[region, kode, choices], most)
    return fitting


def _with_totals(values: Values) -> Values:
    told = {e.kode for e in ELEMENTS if e.total}
    totals: Values = {}
    for (region, kode, choices), n in values.items():
        if kode in told and choices:
            totals[region, kode, ()] = totals.get((region, kode, ()), 0) + n
    for money, (counted, rate) in RATES.items():
        length, choices = _PAID_BY[money]
        for (region, kode, _), n in values.items():
            if kode == counted:
                totals[region[:length], money, choices] = totals.get((region[:length], money, choices), 0) + n * rate
    return values | totals


def regions_of(size: Made) -> list[str]:
    """Codes of the province and all below before any change, those above before those below. Some kecamatan have a single desa."""
    chance = random.Random(size.seed)
    codes = [PROVINCE]
    for i in range(1, size.kabupaten + 1):
        kab = f"{PROVINCE}.{i:02d}"
        codes.append(kab)
        for k in range(1, chance.randint(2, size.kecamatan) + 1):
            codes.append(f"{kab}.{k:02d}")
            codes += [f"{kab}.{k:02d}.{2000 + d}" for d in range(1, chance.randint(1, size.desa) + 1)]
    return sorted(codes, key=lambda c: (len(c), c))


def build(url: str, service_url: str, size: Made) -> MadeProvince:
    """Put catalogue, regions and tokens into a migrated database that holds none. `url`: as its owner; `service_url`: as the hub
    itself comes to it."""
    codes = regions_of(size)
    chance = random.Random(size.seed)
    moved = moves(codes, chance) if size.moving else Moved(())
    asyncio.run(_base(service_url, url, codes, moved, chance))
    tokens = {}
    with psycopg.connect(url) as conn:
        for code in (PROVINCE, *(c for c in codes if len(c) == 5)):
            tokens[code] = new_token()
            role = "PROVINSI" if len(code) == 2 else "KABUPATEN"
            conn.execute(
                "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada) VALUES (%s, %s, %s, %s, %s, now())",
                (uuid7(), f"bench {code}", role, code, hash_of(tokens[code])),
            )
    return MadeProvince(size, tuple(codes), moved, tokens)


async def _base(service_url: str, url: str, codes: list[str], moved: Moved, chance: random.Random) -> None:
    db = Database(service_url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        async with db.as_owner() as conn:
            await wilayah_statements.insert(conn, map(_row, codes))
            await change(conn, moved, "Baru")
        await draw(db, url, codes, moved, chance)
    finally:
        await db.close()


def _row(code: str) -> WilayahRow:
    level = code.count(".") + 1
    kind = ("PROVINSI", "KABUPATEN", "KECAMATAN", "DESA")[level - 1]
    name = "Nusa Tenggara Timur" if level == 1 else _KABUPATEN[int(code[3:5]) - 1]
    return WilayahRow(code, SINCE, level, kind, name if level <= 2 else f"{name} {code[6:].replace('.', ' ')}")
