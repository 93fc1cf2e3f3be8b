"""What a rekap says beside what the hub counts itself: the kabupaten's own registers, and the list of regions. Neither is corrected
by the other; the difference is told, and which of the two to correct."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.angka.complaint_reads import COMPLAINTS_BY, RECEIVERS
from hub.angka.counted_regions import BREAKDOWN, CHOICES
from hub.angka.rollup import KnownFigures
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.temuan import INFO, WARNING, Temuan, display
from hub.db.database import Conn
from hub.katalog.formula import Rincian
from hub.katalog.katalog import Elemen, Formulir
from hub.rekap.cells import first_locations
from hub.rekap.draft import RekapDraft
from hub.terdaftar import statements as store
from hub.terdaftar.reads import BREAKDOWNS
from hub.terdaftar.statements import RegisterCounts
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import NoMatchError, RegionList


async def read_register(
    conn: Conn, draft: RekapDraft, formulir: Formulir, kinds: frozenset[str] | None = None
) -> RegisterCounts:
    """What the registers count on the period's last day, of the elements of a kabupaten's form: of the levels and breakdowns that
    the draft is about. `kinds`: of which things they hold any; None: look."""
    if kode_wilayah.level_of(draft.pelapor) is not Level.KABUPATEN:
        return RegisterCounts()
    counted = {e.kode: e for e in formulir.elemen if e.kode in BREAKDOWNS}
    if kinds is not None and not store.known_of(counted, kinds):
        return RegisterCounts()
    levels, dimensions = {Level.KABUPATEN}, set()
    for s in draft.cells if counted else ():
        elemen = counted.get(s.column.elemen.strip().upper())
        if elemen is None:
            continue
        if s.place.kode != draft.pelapor:
            levels |= {Level.KECAMATAN, Level.DESA}
        names = sorted(d.kode for name, _ in s.column.rincian if (d := elemen.dimension(name.strip())))
        if names and set(names) <= set(BREAKDOWNS[elemen.kode]):
            dimensions.add("|".join(names))
    return await store.counts(
        conn, draft.pelapor, list(counted), (str(draft.periode), draft.periode.last_day), (levels, dimensions), kinds
    )  # fmt: skip


_COMPLAINTS = ("LEM12", "LEM13")


async def read_desks(conn: Conn, draft: RekapDraft, formulir: Formulir) -> list[tuple[str, str]]:
    """(kind, desa) of the SLRT and puskesos on the period's last day, where the form counts their complaints."""
    if not any(e.kode in _COMPLAINTS for e in formulir.elemen):
        return []
    return await store.complaint_desks(conn, draft.pelapor, draft.periode.last_day)


def check_desks(desks: Iterable[tuple[str, str]], regions: RegionIndex, cells: Iterable[CleanCell]) -> list[Temuan]:
    """Complaints of an SLRT or puskesos in a desa in which the register has none. A register that has none of that kind at all says
    nothing of it."""
    known: dict[str, set[str]] = {}
    for kind, desa in desks:
        known.setdefault(RECEIVERS[kind], set()).add(_code_then(desa, regions))
    temuan: list[Temuan] = []
    for s in cells if known else ():
        receiver = dict(s.rincian).get(COMPLAINTS_BY)
        is_told = s.elemen.kode in _COMPLAINTS and kode_wilayah.level_of(s.wilayah) is Level.DESA and bool(s.nilai)
        if not is_told or receiver not in known or s.wilayah in known[receiver]:
            continue
        message = (
            f"{s.elemen.kode}, {s.wilayah}: ada pengaduan {receiver}, sedangkan register tidak mencatat {receiver} di desa itu. "
            "Catat lembaganya, atau laporkan di desa tempatnya."
        )
        location = (s.location,)
        about = {"wilayah": s.wilayah, "elemen": s.elemen.kode, "nilai": str(s.nilai), "lokasi": location}
        temuan.append(Temuan("PENGADUAN_TANPA_LEMBAGA", INFO, message, **about))  # type: ignore[arg-type]
    return temuan


def _code_then(desa: str, regions: RegionIndex) -> str:
    """A desa's code of any time as the one of the period; as it is, where none can be told."""
    try:
        return regions.match_kode(desa).kode
    except NoMatchError:
        return desa


def check_register(
    pelapor: str, last_day: date, figures: KnownFigures, register: RegisterCounts, cells: Iterable[CleanCell]
) -> list[Temuan]:
    """KnownFigures of the whole kabupaten, and of regions that reported one, which the register cannot be counted to: whole ones and
    choices."""
    if not register.elemen:
        return []
    cells = [s for s in cells if s.elemen.kode in register.elemen]
    temuan: list[Temuan] = []
    for wilayah, elemen, rincian, nilai, of in _stated(pelapor, figures, cells):
        found = register.of(wilayah, elemen.kode, tuple((name, choice.casefold()) for name, choice in rincian))
        if found is None or found[0] <= nilai <= found[1]:
            continue
        count, most = found
        untold = f" (dan {display(most - count)} yang pilihan atau letaknya tidak tercatat)" if most > count else ""
        message = (
            f"{_named(elemen, rincian)}, {wilayah}: rekap {display(nilai)}, register {display(count)}{untold} pada {last_day} "
            f"(selisih {display(nilai - count)}). Keduanya tetap seperti adanya: lengkapi register bila rekap yang benar, betulkan rekap "
            "bila register yang benar."
        )
        temuan.append(_difference("REGISTER_BEDA", INFO, message, (wilayah, elemen, nilai, count), of))
    return temuan


def check_counted_regions(
    pelapor: str,
    last_day: date,
    figures: KnownFigures,
    regions: RegionList,
    formulir: Formulir,
    cells: Iterable[CleanCell],
) -> list[Temuan]:
    """KnownFigures of what the hub counts from the list of regions: whole ones, where no rule of the form compares them, and desa by their
    kind."""
    cells = [s for s in cells if s.elemen.registri is not None]
    compared = {a.kiri for a in formulir.aturan if a.operator == "=="}
    temuan: list[Temuan] = []
    for wilayah, elemen, rincian, nilai, of in _stated(pelapor, figures, cells):
        known = _regions(regions, wilayah, elemen, rincian)
        if known is None or known == nilai or (not rincian and elemen.kode in compared):
            continue
        message = (
            f"{_named(elemen, rincian)}, {wilayah}: rekap {display(nilai)}, daftar wilayah {display(known)} pada {last_day} "
            f"(selisih {display(nilai - known)}). Hub memakai hitungan daftar wilayah: betulkan rekapnya"
            f"{', mungkin kelurahan ditulis sebagai desa atau sebaliknya' if rincian else ''}; bila daftarnya yang keliru, mintalah "
            "pengelola hub mengimpor daftar wilayah yang benar."
        )
        temuan.append(_difference("DAFTAR_WILAYAH_BEDA", WARNING, message, (wilayah, elemen, nilai, known), of))
    return temuan


def _regions(regions: RegionList, wilayah: str, elemen: Elemen, rincian: Rincian) -> int | None:
    if elemen.registri is None or elemen.registri <= kode_wilayah.level_of(wilayah):
        return None
    if not rincian:
        return regions.count(elemen.registri, wilayah)
    if [name for name, _ in rincian] != [BREAKDOWN] or elemen.registri is not Level.DESA:
        return None
    kinds = CHOICES.get(rincian[0][1])
    return None if kinds is None else regions.count(Level.DESA, wilayah, kinds)


def _stated(
    pelapor: str, figures: KnownFigures, cells: Iterable[CleanCell]
) -> Iterator[tuple[str, Elemen, Rincian, Decimal, list[CleanCell]]]:
    """Region, element, breakdown and number: of the reporter what follows from its cells, below it what was reported itself; with
    the cells behind it."""
    per_elemen: dict[str, list[CleanCell]] = {}
    for s in cells:
        per_elemen.setdefault(s.elemen.kode, []).append(s)
    for of in per_elemen.values():
        elemen = of[0].elemen
        for rincian in dict.fromkeys([(), *(s.rincian for s in of)]):
            angka = figures.get((pelapor, elemen.kode, rincian))
            if angka is not None and angka.nilai is not None:
                yield pelapor, elemen, rincian, angka.nilai, [s for s in of if not rincian or s.rincian == rincian]
        for s in of:
            if s.wilayah != pelapor and s.nilai is not None:
                yield s.wilayah, elemen, s.rincian, s.nilai, [s]


def _named(elemen: Elemen, rincian: Rincian) -> str:
    return elemen.kode + (f"[{','.join(f'{name}={choice}' for name, choice in rincian)}]" if rincian else "")


def _difference(
    code: str, level: str, message: str, compared: tuple[str, Elemen, Decimal, int], cells: list[CleanCell]
) -> Temuan:
    wilayah, elemen, nilai, known = compared
    return Temuan(
        code, level, message, wilayah=wilayah, elemen=elemen.kode, nilai=str(nilai), usulan=str(known), lokasi=first_locations(cells)
    )  # fmt: skip
