"""What a rekap says beside what the kabupaten's own registers count. Neither is corrected by the other; the difference is told."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from hub.angka.cells import SelBersih
from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.base.temuan import INFO, Temuan, tampil
from hub.db.database import Conn
from hub.katalog.katalog import Formulir
from hub.rekap.cells import ringkas_lokasi
from hub.rekap.checks import Hitungan
from hub.rekap.draft import RekapDraft
from hub.terdaftar import statements as store


async def baca_register(conn: Conn, draft: RekapDraft, formulir: Formulir) -> dict[str, Decimal]:
    """Element → count on the period's last day, of the elements of a kabupaten's form that its registers count."""
    if kode_wilayah.tingkat(draft.pelapor) is not Tingkat.KABUPATEN:
        return {}
    cacah = [e.kode for e in formulir.elemen if e.agregasi_wilayah == "HITUNG"]
    return await store.counts(conn, draft.pelapor, cacah, str(draft.periode), draft.periode.akhir)


def periksa_register(
    pelapor: str, akhir: date, hitungan: Hitungan, register: Mapping[str, Decimal], sel: Iterable[SelBersih]
) -> list[Temuan]:
    """Figures of the whole kabupaten that differ from the count."""
    milik: dict[str, list[SelBersih]] = {}
    for s in sel:
        milik.setdefault(s.elemen.kode, []).append(s)
    temuan: list[Temuan] = []
    for kode, terdaftar in register.items():
        angka = hitungan.get((pelapor, kode, ()))
        if angka is None or angka.nilai is None or angka.nilai == terdaftar:
            continue
        selisih = tampil(angka.nilai - terdaftar)
        pesan = (
            f"{kode}, {pelapor}: rekap {tampil(angka.nilai)}, register {tampil(terdaftar)} pada {akhir} (selisih {selisih}). "
            "Keduanya tetap seperti adanya; lengkapi yang kurang."
        )
        lokasi = ringkas_lokasi(milik.get(kode, []))
        temuan.append(
            Temuan(
                "REGISTER_BEDA",
                INFO,
                pesan,
                wilayah=pelapor,
                elemen=kode,
                nilai=str(angka.nilai),
                usulan=str(terdaftar),
                lokasi=lokasi,
            )
        )
    return temuan
