"""A made-up province whose kabupaten report people: real names of kabupaten, made-up figures full of noughts, small counts and gaps.

Elements of sensitivity 1, 2 and 3, with and without breakdowns. Everything follows from the seed.
"""

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import psycopg

from hub.akses.service import hash_of, new_token
from hub.base.uuid7 import uuid7
from hub.db.database import Database
from hub.katalog.install import install_katalog
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.statements import WilayahRow
from seeds.katalog_toml import read_katalog

PROVINCE = "53"
_SINCE = date(2012, 1, 1)
_KABUPATEN = ("Kupang", "Timor Tengah Selatan", "Timor Tengah Utara", "Belu", "Alor", "Flores Timur", "Sikka", "Ende")
_SEXES = ((("JK", "L"),), (("JK", "P"),))
_CASES = tuple((("jenis_kasus", c),) for c in ("penganiayaan", "penelantaran", "perdagangan orang"))
_VICTIMS = tuple((("JK", s), ("usia_korban", u)) for s in "LP" for u in ("anak", "dewasa"))

Choices = tuple[tuple[str, str], ...]
Values = dict[tuple[str, str, Choices], int]
"""(region, element, choices) → count, at the finest that is reported."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An element as it is reported. `level`: of the regions reported, as the length of their codes; `choices`: that are counted
    apart; `often`: of ten regions, how many count any; `total`: the choices are not all there may be, so their sum is told too."""

    kode: str
    formulir: str
    level: int
    choices: tuple[Choices, ...]
    often: int = 6
    total: bool = False


ELEMENTS = (
    Counted("REH09", "F05", 13, _SEXES),
    Counted("REH10", "F05", 13, _SEXES, often=4),
    Counted("BAN01", "F02", 13, ((),)),
    Counted("BAN03", "F02", 13, ((),), often=8),
    Counted("KTK01", "F06", 5, _VICTIMS),
    Counted("KTK03", "F06", 5, _CASES, often=8, total=True),
)

RATES = {"BAN02": ("BAN01", 225_000), "BAN04": ("BAN03", 200_000)}
"""Element of money → whom it is paid to, rupiah for each."""
_PAID_BY = {"BAN02": (8, (("tahap", "1"),)), "BAN04": (5, ())}
"""→ the level at which it is reported, as the length of codes; in which stage."""


@dataclass(frozen=True, slots=True)
class Made:
    """How large. `desa`: at most in each kecamatan; `revisions`: how many offices put a form right in each period."""

    kabupaten: int = 6
    kecamatan: int = 4
    desa: int = 5
    periods: tuple[str, ...] = ("2025-TW1", "2025-TW2", "2025-TW3", "2025-TW4")
    elements: tuple[str, ...] = tuple(e.kode for e in ELEMENTS)
    revisions: int = 2
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
    """`tokens`: of the province and of each kabupaten."""

    size: Made
    regions: tuple[str, ...]
    tokens: Mapping[str, str] = field(repr=False)

    @property
    def kabupaten(self) -> list[str]:
        return [r for r in self.regions if len(r) == 5]

    def reports(self) -> Iterator[Report]:
        """In the order in which they come in: kabupaten by kabupaten, period by period, and some again."""
        chance = random.Random(self.size.seed)
        chosen = [e for e in ELEMENTS if e.kode in self.size.elements]
        for quarter in self.size.periods:
            for formulir in sorted({e.formulir for e in chosen}):
                # what is paid is told by month, here of the last of each quarter
                periode = f"{quarter[:4]}-{int(quarter[-1]) * 3:02d}" if formulir == "F02" else quarter
                mine = [e for e in chosen if e.formulir == formulir]
                sent: dict[str, Report] = {}
                late = chance.sample(self.kabupaten, len(self.kabupaten))
                for kab in late:
                    values = _with_totals(self._figures(chance, kab, mine))
                    sent[kab] = Report(kab, formulir, periode, 1, values)
                    yield sent[kab]
                for _ in range(self.size.revisions):
                    before = sent[chance.choice(late)]
                    values = _with_totals(_put_right(chance, before.values))
                    sent[before.kab] = Report(before.kab, formulir, periode, before.revision + 1, values)
                    yield sent[before.kab]

    def _figures(self, chance: random.Random, kab: str, elements: list[Counted]) -> Values:
        values: Values = {}
        for e in elements:
            most = chance.choice((4, 12, 90, 300))  # some offices count few of them anywhere
            reporting = [r for r in self.regions if len(r) == e.level and r.startswith(kab) and chance.random() > 0.12]
            for region in reporting or [r for r in self.regions if len(r) == e.level and r.startswith(kab)][:1]:
                for choices in e.choices:
                    values[region, e.kode, choices] = _count(chance, e.often, most)
        return values


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
    return after


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
    """Codes of the province and all below, those above before those below. Some kecamatan have a single desa."""
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
    asyncio.run(_base(service_url, codes))
    tokens = {}
    with psycopg.connect(url) as conn:
        for code in (PROVINCE, *(c for c in codes if len(c) == 5)):
            tokens[code] = new_token()
            role = "PROVINSI" if len(code) == 2 else "KABUPATEN"
            conn.execute(
                "INSERT INTO token (id, nama, peran, wilayah, hash, dibuat_pada) VALUES (%s, %s, %s, %s, %s, now())",
                (uuid7(), f"bench {code}", role, code, hash_of(tokens[code])),
            )
    return MadeProvince(size, tuple(codes), tokens)


async def _base(url: str, codes: list[str]) -> None:
    db = Database(url, 2)
    await db.open()
    try:
        await install_katalog(db, read_katalog())
        async with db.as_owner() as conn:
            await wilayah_statements.insert(conn, map(_row, codes))
    finally:
        await db.close()


def _row(code: str) -> WilayahRow:
    level = code.count(".") + 1
    kind = ("PROVINSI", "KABUPATEN", "KECAMATAN", "DESA")[level - 1]
    name = "Nusa Tenggara Timur" if level == 1 else _KABUPATEN[int(code[3:5]) - 1]
    return WilayahRow(code, _SINCE, level, kind, name if level <= 2 else f"{name} {code[6:].replace('.', ' ')}")
