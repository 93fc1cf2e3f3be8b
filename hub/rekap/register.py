"""What a rekap says beside what the kabupaten's own registers count. Neither is corrected by the other; the difference is told."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from hub.angka.cells import CleanCell
from hub.base import kode as kode_wilayah
from hub.base.kode import Level
from hub.base.temuan import INFO, Temuan, display
from hub.db.database import Conn
from hub.katalog.katalog import Formulir
from hub.rekap.cells import first_locations
from hub.rekap.checks import Figures
from hub.rekap.draft import RekapDraft
from hub.terdaftar import statements as store
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import NoMatchError


async def read_register(conn: Conn, draft: RekapDraft, formulir: Formulir) -> dict[str, Decimal]:
    """Element → count on the period's last day, of the elements of a kabupaten's form that its registers count."""
    if kode_wilayah.level_of(draft.pelapor) is not Level.KABUPATEN:
        return {}
    counted = [e.kode for e in formulir.elemen if e.agregasi_wilayah == "HITUNG"]
    return await store.counts(conn, draft.pelapor, counted, str(draft.periode), draft.periode.last_day)


_RECEIVERS = {"SLRT": "SLRT", "PUSKESOS": "puskesos"}  # kind of a social resource → choice of penerima_pengaduan
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
        known.setdefault(_RECEIVERS[kind], set()).add(_code_then(desa, regions))
    temuan: list[Temuan] = []
    for s in cells:
        receiver = dict(s.rincian).get("penerima_pengaduan")
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
    pelapor: str, last_day: date, figures: Figures, register: Mapping[str, Decimal], cells: Iterable[CleanCell]
) -> list[Temuan]:
    """Figures of the whole kabupaten that differ from the count."""
    cells_of: dict[str, list[CleanCell]] = {}
    for s in cells:
        cells_of.setdefault(s.elemen.kode, []).append(s)
    temuan: list[Temuan] = []
    for kode, terdaftar in register.items():
        angka = figures.get((pelapor, kode, ()))
        if angka is None or angka.nilai is None or angka.nilai == terdaftar:
            continue
        difference = display(angka.nilai - terdaftar)
        message = (
            f"{kode}, {pelapor}: rekap {display(angka.nilai)}, register {display(terdaftar)} pada {last_day} (selisih {difference}). "
            "Keduanya tetap seperti adanya; lengkapi yang kurang."
        )
        locations = first_locations(cells_of.get(kode, []))
        temuan.append(
            Temuan(
                "REGISTER_BEDA",
                INFO,
                message,
                wilayah=pelapor,
                elemen=kode,
                nilai=str(angka.nilai),
                usulan=str(terdaftar),
                lokasi=locations,
            )
        )
    return temuan
