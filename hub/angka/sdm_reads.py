"""Rows of people of social welfare (SDM): counts, ratios, regions without."""

from typing import Any

from sqlalchemy import BindParameter, Date

from hub.angka.sdm import JENIS, RASIO, TANPA, rasio_source, sdm_source, tanpa_source
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.base.questions import daftar, kode_ke_bawah, kode_sah
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS


def counted(args: Args) -> Rows:
    """sdm: one row per region and kind, missing figures included."""
    tingkat = Tingkat[args.choice("tingkat")]
    jenis = args.bind("jenis", TEXTS, lambda j: list(JENIS) if j is None else daftar("jenis")(plain(j)))
    baris = sdm_source({**_asked(args, tingkat), "jenis": jenis}, tingkat)
    return Rows(Row(baris, baris.c.acuan), (), [baris.c.kode, baris.c.urut])


def ratios(args: Args) -> Rows:
    """rasioSdm: one row per region and ratio."""
    tingkat = Tingkat[args.choice("tingkat")]
    if tingkat is Tingkat.DESA:
        raise MasukanTidakSahError("Rasio SDM dihitung sampai kecamatan; daftar desanya ada di wilayahTanpaSdm.")
    jenis = args.bind("jenis", TEXTS, lambda j: list(RASIO) if j is None else daftar("jenis")(plain(j)))
    baris = rasio_source({**_asked(args, tingkat), "jenis": jenis}, tingkat)
    return Rows(Row(baris, baris.c.acuan), (), [baris.c.kode, baris.c.urut])


def without(args: Args) -> Rows:
    """wilayahTanpaSdm: in order of code."""
    jenis = args.bind("jenis", TEXTS, _satu_jenis)
    baris = tanpa_source({**_asked(args, None), "jenis": jenis})
    where = [baris.c.status.in_(args.choices("status"))] if args.has("status") else []
    return Rows(Row(baris, baris.c.acuan), where, [baris.c.kode], None, [baris.c.kode])


def _asked(args: Args, tingkat: Tingkat | None) -> dict[str, BindParameter[Any]]:
    ikat = {"wilayah": args.bind("wilayah", TEXT, kode_sah if tingkat is None else kode_ke_bawah(tingkat))}
    if args.has("periode"):
        ikat["periode"] = args.bind("periode", TEXT)
        ikat["akhir"] = args.bind("periode", Date(), lambda p: Periode.baca(p).akhir)
    return ikat


def _satu_jenis(jenis: Any) -> list[str]:
    nama: str = plain(jenis)
    if nama not in TANPA:
        raise MasukanTidakSahError(
            f"{nama} tidak dilaporkan tersendiri per wilayah; yang dapat ditanyakan: {', '.join(TANPA)}."
        )
    return [nama]
