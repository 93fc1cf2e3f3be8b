"""What an office of the demo's story counts of a form and period: made up by a generator from how many people live there, how many are
poor, growth and season. Pure; the same every time, whatever was asked before.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

from hub.base.periode import Periode
from hub.katalog.formula import Rincian

_FIRST_YEAR = 2024
_SMALL_ISLAND = "53.14.09"  # Ndao Nuse: so few people that fewer than five get a programme
_SEASON = (1.6, 0.7, 0.6, 1.3)  # of disasters, by quarter: rain and wind
_PKH, _SEMBAKO = 725_000, 600_000  # rupiah a family gets in a quarter


@dataclass(frozen=True, slots=True)
class Office:
    """`population` of 2024; `poor`: part of its families; `disasters`: in a quarter; `needy`: beside others of its size; `late`: sends
    after the deadline; `without`: forms it never sends; `by_desa`: periods of which it counts families desa by desa."""

    kode: str
    population: int
    poor: float
    disasters: int
    needy: float = 1.0
    late: bool = False
    without: Collection[str] = ()
    by_desa: Collection[str] = ()

    def chance(self, *of: object) -> Random:
        return Random(f"{self.kode} {' '.join(map(str, of))}")  # noqa: S311 - reproducible, not secret

    def share(self, of: str, least: float, most: float) -> float:
        """A number of its own between the two, the same in every period."""
        return self.chance(of).uniform(least, most)


class Counted(NamedTuple):
    """A cell: element, choices, region, figure."""

    elemen: str
    rincian: Rincian
    wilayah: str
    nilai: int


def figures(
    office: Office, formulir: str, periode: Periode, desa: Sequence[str], times: Mapping[str, int]
) -> list[Counted]:
    """`desa`: those of the office that are known; `times`: elements of which so many times as much is written."""
    rows = _FORMS[formulir](office, periode, desa if str(periode) in office.by_desa else ())
    return [c._replace(nilai=c.nilai * times.get(c.elemen, 1)) for c in rows]


class Families(NamedTuple):
    """Of one place: people, families, those in the data base, and who gets which programme."""

    people: int
    all: int
    poor: int
    sembako: int
    pkh: int


@cache
def _weights(kode: str, desa: tuple[str, ...]) -> list[float]:
    """How the people of an office are spread over its desa; together 1."""
    sizes = [
        Random(d).uniform(0.5, 1.5) * (0.03 if d.startswith(_SMALL_ISLAND) else 1)  # noqa: S311 - reproducible
        for d in desa
    ]
    return [s / sum(sizes) for s in sizes]


def _quarters(periode: Periode) -> float:
    """How many quarters have passed since the story began, at the end of that period."""
    return (periode.year - _FIRST_YEAR) * 4 + periode.ordinal * periode.kind / 3 - 1


def families(office: Office, periode: Periode, desa: Sequence[str] = ()) -> dict[str, Families]:
    """By desa, or of the office where none is given."""
    passed = _quarters(periode)
    people = office.population * (1 + 0.0035 * passed)
    poor = office.poor * (1 - 0.008 * passed)
    size, sembako, pkh = (
        office.share("size", 3.8, 4.4),
        office.share("sembako", 0.58, 0.7),
        office.share("pkh", 0.6, 0.8),
    )
    places = zip(desa, _weights(office.kode, tuple(desa)), strict=True) if desa else [(office.kode, 1.0)]
    found = {}
    for kode, weight in places:
        chance = Random(f"{kode} {periode}")  # noqa: S311 - reproducible, not secret
        n = round(people * weight)
        families_ = max(1, round(n / size))
        in_need = min(families_, round(families_ * poor * chance.uniform(0.98, 1.02)))
        gets = round(in_need * sembako * chance.uniform(0.98, 1.02))
        found[kode] = Families(n, families_, in_need, gets, round(gets * pkh * chance.uniform(0.98, 1.02)))
    return found


def _wilayah(office: Office, periode: Periode, desa: Sequence[str]) -> list[Counted]:
    rows: list[Counted] = []
    for kode, f in families(office, periode, desa).items():
        if desa:
            rows.append(Counted("WIL01", (), kode, f.people))
        else:
            men = round(f.people * office.share("men", 0.49, 0.51))
            rows += [Counted("WIL01", _sex("L"), kode, men), Counted("WIL01", _sex("P"), kode, f.people - men)]
        rows += [Counted("WIL02", (), kode, f.all), Counted("WIL03", (), kode, f.poor)]
    return rows


def _bansos(office: Office, periode: Periode, desa: Sequence[str]) -> list[Counted]:
    by_place = families(office, periode, desa)
    rows = [
        Counted(elemen, (), kode, n)
        for kode, f in by_place.items()
        for elemen, n in (("BAN01", f.pkh), ("BAN03", f.sembako))
    ]
    pkh, sembako = sum(f.pkh for f in by_place.values()), sum(f.sembako for f in by_place.values())
    chance = office.chance("BAN", periode)
    left = round(pkh * 0.002 * chance.uniform(0.5, 1.5))
    rows += [
        Counted("BAN02", (), office.kode, pkh * _PKH),
        Counted("BAN04", (), office.kode, sembako * _SEMBAKO),
        Counted("BAN06", (), office.kode, round(pkh * office.share("both", 0.85, 0.95))),
        Counted("BAN08", (), office.kode, left),
    ]
    return rows


def _disaster(office: Office, periode: Periode, _: Sequence[str]) -> list[Counted]:
    chance = office.chance("BEN", periode)
    events = max(1, round(office.disasters * _SEASON[periode.ordinal - 1] * chance.uniform(0.7, 1.3)))
    hit = events * chance.randint(7, 12)
    people = round(hit * chance.uniform(3.8, 4.4))
    men = round(people * chance.uniform(0.47, 0.53))
    return [
        Counted("BEN01", (), office.kode, events),
        Counted("BEN02", (), office.kode, hit),
        Counted("BEN03", (), office.kode, round(hit * chance.uniform(0.6, 0.95))),
        Counted("BEN06", _sex("L"), office.kode, men),
        Counted("BEN06", _sex("P"), office.kode, people - men),
    ]


_NEEDY = (
    ("REH01", "REH02", 0.0006, False),
    ("REH03", "REH04", 0.0005, False),
    ("REH05", "REH06", 0.0011, True),
    ("REH07", "REH08", 0.00002, False),
)
"""People in need, those of them who got what they need, how many of all people; whether told by sex."""


def _rehabilitasi(office: Office, periode: Periode, _: Sequence[str]) -> list[Counted]:
    rows: list[Counted] = []
    for needy, helped, often, by_sex in _NEEDY:
        every = office.chance(needy, periode.year).uniform(0.9, 1.1) * often * office.population * office.needy
        done = office.share(helped, 0.6, 0.95) * (0.25, 0.5, 0.75, 1)[periode.ordinal - 1]
        parts = ((_sex("L"), 0.44), (_sex("P"), 0.56)) if by_sex else (((), 1.0),)
        for choices, part in parts:
            n = round(every * part)
            rows.append(Counted(needy, choices, office.kode, n))
            rows.append(Counted(helped, choices, office.kode, int(n * done)))
    elderly = sum(c.nilai for c in rows if c.elemen == "REH05")
    got = round(elderly * office.chance("REH09", periode).uniform(0.25, 0.35))
    return [*rows, Counted("REH09", (), office.kode, got)]


def _kekerasan(office: Office, periode: Periode, _: Sequence[str]) -> list[Counted]:
    chance = office.chance("KTK", periode)
    often = office.population / 50_000
    children, adults = (round(often * chance.uniform(0.6, 1.4) * n) for n in (1, 2))
    return [
        Counted("KTK01", (("usia_korban", "anak"),), office.kode, children),
        Counted("KTK01", (("usia_korban", "dewasa"),), office.kode, adults),
        Counted("KTK02", (), office.kode, round((children + adults) * chance.uniform(0.7, 1.0))),
    ]


def _sdm(office: Office, periode: Periode, _: Sequence[str]) -> list[Counted]:
    chance = office.chance("SDM", periode)
    size = office.population / 100_000 + 2
    staff, members = round(size * 9) + chance.randint(-1, 1), round(size * 14) + chance.randint(-2, 2)
    women, girls = round(staff * office.share("staff", 0.4, 0.55)), round(members * office.share("tagana", 0.15, 0.3))
    return [
        Counted("SDM01", _sex("L"), office.kode, staff - women),
        Counted("SDM01", _sex("P"), office.kode, women),
        Counted("SDM05", _sex("L"), office.kode, members - girls),
        Counted("SDM05", _sex("P"), office.kode, girls),
        Counted("SDM08", (), office.kode, round(size * 12) + chance.randint(-3, 3)),
    ]


def _anggaran(office: Office, periode: Periode, _: Sequence[str]) -> list[Counted]:
    rows: list[Counted] = []
    for source, million in (("APBD", 5_000), ("APBN", 1_500)):
        pagu = round(
            (million + office.population / 100 * office.share(source, 0.8, 1.2)) * (1 + 0.04 * (periode.year - 2024))
        )
        spent = (0.12, 0.36, 0.62, 0.93)[periode.ordinal - 1] * office.chance(source, periode).uniform(0.9, 1.05)
        choice = (("sumber_anggaran", source),)
        rows.append(Counted("KIN03", choice, office.kode, pagu * 1_000_000))
        rows.append(Counted("KIN04", choice, office.kode, round(pagu * min(spent, 1)) * 1_000_000))
    return rows


def _sex(choice: str) -> Rincian:
    return (("JK", choice),)


_FORMS: Mapping[str, Callable[[Office, Periode, Sequence[str]], list[Counted]]] = {
    "F01": _wilayah, "F02": _bansos, "F03": _disaster, "F05": _rehabilitasi, "F06": _kekerasan, "F10": _sdm, "F12": _anggaran,
}  # fmt: skip
FORMS = tuple(_FORMS)
