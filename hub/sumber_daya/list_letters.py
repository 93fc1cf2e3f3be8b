"""Papers as a list writes them: numbers, dates, how long they hold. Pure.

A paper is kept when the day it begins to hold is known, or follows: from its last day (registrations hold three years, an
accreditation as long as its grade says), and then the row says so.
"""

import re
from datetime import date, timedelta

from hub.base.tanggal import Masa, baca_masa, baca_mulai, baca_tanggal
from hub.base.temuan import GALAT, INFO, PERINGATAN
from hub.sumber_daya.checks import AKREDITASI_TAHUN, tambah_tahun
from hub.sumber_daya.list_row import BarisBaca, SuratBaca

_TANDA_DAFTAR_TAHUN = 3  # how long registrations usually hold
_GRADE = re.compile(
    r"(?:terakreditasi\s*)?(?:peringkat|grade|nilai|predikat)?\s*[\"'(]?\b([abc])\b[\"')]?(.*)", re.IGNORECASE
)
_BELUM = re.compile(r"(belum|tidak|non)\b.*|-", re.IGNORECASE)
_TANGGAL_DI_SK = re.compile(r"[\s,;(]*(?:tanggal|tgl)\.?\s*[:.]?\s*", re.IGNORECASE)
_TAHUN = re.compile(r"\b(?:19|20)\d{2}\b")


def baca_surat(b: BarisBaca) -> None:
    _tanda_daftar(b)
    _akreditasi(b)
    _sk(b)


def kunci_nomor(nomor: str | None) -> str | None:
    """What two spellings of one number have in common; None where there is no digit in it."""
    polos = "".join(h for h in (nomor or "").casefold() if h.isalnum())
    return polos if any(h.isdigit() for h in polos) else None


def _tanda_daftar(b: BarisBaca) -> None:
    nomor = b.tulis.get("nomor_tanda_daftar")
    sejak = _mulai(b, "tanggal_tanda_daftar")
    masa = _masa(b, "masa_tanda_daftar")
    if nomor is None and sejak is None and masa is None:
        return
    masa = masa or Masa(None, None)
    sejak = sejak or masa.awal
    sampai = _sesudah(masa.akhir)
    if masa.tahun and sejak:
        sampai = tambah_tahun(sejak, masa.tahun)
    dianggap = sejak is None and sampai is not None
    if sejak is None and sampai is not None:
        sejak = tambah_tahun(sampai, -_TANDA_DAFTAR_TAHUN)
        pesan = f"Awal masa berlaku tanda daftar tidak ditulis; dianggap {_TANDA_DAFTAR_TAHUN} tahun sebelum akhirnya: {sejak}."
        b.catat("SURAT_MULAI_DIANGGAP", PERINGATAN, pesan, "masa_tanda_daftar", str(sejak))
    elif masa.kira:
        pesan = f"Masa berlaku ditulis tanpa hari; dibaca {sejak} sampai {masa.akhir}."
        b.catat("TANGGAL_TANPA_HARI", PERINGATAN, pesan, "masa_tanda_daftar")
    surat = SuratBaca("TANDA_DAFTAR", nomor, sejak, sampai, dianggap=dianggap)
    _simpan(b, surat, "nomor_tanda_daftar", "tanda daftar")


def _akreditasi(b: BarisBaca) -> None:
    teks = b.tulis.get("akreditasi")
    if teks is None or _BELUM.fullmatch(teks):
        return
    cocok = _GRADE.fullmatch(teks)
    if cocok is None:
        pesan = f'{b.kolom["akreditasi"]}: "{teks}" bukan peringkat A, B atau C.'
        b.catat("PERINGKAT_TIDAK_SAH", GALAT, pesan, "akreditasi")
        return
    peringkat, ekor = cocok[1].upper(), cocok[2].strip(" (),;/-")
    sejak = _mulai(b, "mulai_akreditasi")
    masa = _masa(b, "masa_akreditasi") or Masa(None, None)
    if sejak is None and masa.awal is None and ekor:  # "A (2021)", "B, 5 Maret 2021"
        try:
            sejak = baca_mulai(ekor)[0]
        except ValueError:
            tahun = _TAHUN.search(ekor)
            sejak = date(int(tahun[0]), 1, 1) if tahun else None
    sejak, lama = sejak or masa.awal, AKREDITASI_TAHUN[peringkat]
    sampai = _sesudah(masa.akhir)
    dianggap = sejak is None and sampai is not None
    if sejak is None and sampai is not None:
        sejak = tambah_tahun(sampai, -lama)
        pesan = f"Awal akreditasi tidak ditulis; {peringkat} berlaku {lama} tahun, jadi dianggap sejak {sejak}."
        b.catat("SURAT_MULAI_DIANGGAP", PERINGATAN, pesan, "masa_akreditasi", str(sejak))
    elif sejak is not None and sampai is None:
        sampai = tambah_tahun(sejak, lama)
        pesan = f"Akhir akreditasi tidak ditulis; {peringkat} berlaku {lama} tahun, jadi sampai {sampai}."
        b.catat("SURAT_AKHIR_DIHITUNG", INFO, pesan, "akreditasi", str(sampai))
    surat = SuratBaca("AKREDITASI", b.tulis.get("nomor_akreditasi"), sejak, sampai, peringkat, dianggap)
    _simpan(b, surat, "akreditasi", "akreditasi")


def _sk(b: BarisBaca) -> None:
    nomor, kolom = b.tulis.get("nomor_sk"), "nomor_sk"
    sejak = _mulai(b, "tanggal_sk")
    if nomor is None and "nomor_tanggal_sk" in b.tulis:
        nomor, kolom = b.tulis["nomor_tanggal_sk"], "nomor_tanggal_sk"
    if nomor is not None and sejak is None:
        nomor, sejak = _pisah(nomor)
    if nomor is None and sejak is None:
        return
    masa = _masa(b, "masa_sk") or Masa(None, None)
    sejak = sejak or masa.awal
    sampai = tambah_tahun(sejak, masa.tahun) if masa.tahun and sejak else _sesudah(masa.akhir)
    _simpan(b, SuratBaca("SK", nomor, sejak, sampai), kolom, "SK")


def _pisah(teks: str) -> tuple[str | None, date | None]:
    """ "140/12/2021 tanggal 5 Maret 2021", "140/12/2021, 5-3-2021" → number and day. A day alone is a day."""
    bagian = _TANGGAL_DI_SK.split(teks, maxsplit=1)
    if len(bagian) == 2:
        try:
            return bagian[0].strip() or None, baca_tanggal(bagian[1].strip(" )."))
        except ValueError:
            return teks, None
    for tempat in [m.start() for m in re.finditer(r"[,;|]| / |/(?=\s)| ", teks)]:
        try:
            return teks[:tempat].strip(" ,;|/") or None, baca_tanggal(teks[tempat + 1 :].strip(" ,;|/()"))
        except ValueError:
            continue
    return teks, None


def _simpan(b: BarisBaca, surat: SuratBaca, kolom: str, apa: str) -> None:
    b.surat.append(surat)
    if surat.sejak is None:
        sebut = f" {surat.nomor}" if surat.nomor else ""
        pesan = f"{apa[0].upper()}{apa[1:]}{sebut} tidak disimpan: hari mulai berlakunya tidak ditulis."
        b.catat("SURAT_TANPA_MASA", PERINGATAN, pesan, kolom if kolom in b.tulis else next(iter(b.tulis)))


def _mulai(b: BarisBaca, medan: str) -> date | None:
    if medan not in b.tulis:
        return None
    try:
        return baca_mulai(b.tulis[medan])[0]
    except ValueError as salah:
        b.catat("TANGGAL_TAK_TERBACA", GALAT, f"{b.kolom[medan]}: {salah}.", medan)
        return None


def _masa(b: BarisBaca, medan: str) -> Masa | None:
    if medan not in b.tulis:
        return None
    try:
        return baca_masa(b.tulis[medan])
    except ValueError as salah:
        b.catat("TANGGAL_TAK_TERBACA", GALAT, f"{b.kolom[medan]}: {salah}.", medan)
        return None


def _sesudah(hari: date | None) -> date | None:
    """The first day no longer, of a last day."""
    return None if hari is None else hari + timedelta(days=1)
