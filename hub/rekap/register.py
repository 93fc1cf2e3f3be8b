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


async def read_register(conn: Conn, draft: RekapDraft, formulir: Formulir) -> dict[str, Decimal]:
    """Element → count on the period's last day, of the elements of a kabupaten's form that its registers count."""
    if kode_wilayah.level_of(draft.pelapor) is not Level.KABUPATEN:
        return {}
    counted = [e.kode for e in formulir.elemen if e.agregasi_wilayah == "HITUNG"]
    return await store.counts(conn, draft.pelapor, counted, str(draft.periode), draft.periode.last_day)


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
