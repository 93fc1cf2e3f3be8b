"""What one row of a list says, cell by cell. Pure. Every cell that cannot be read leaves a finding with its place, and none
stops the others; an empty cell says nothing."""

import re
from datetime import date
from decimal import Decimal

from rapidfuzz import process

from hub.base.angka import baca_angka
from hub.base.tanggal import baca_mulai
from hub.base.temuan import GALAT, INFO, PERINGATAN, Lokasi, Temuan, tampil
from hub.sumber_daya.checks import ISIAN_JENIS
from hub.sumber_daya.list_columns import Tabel
from hub.sumber_daya.list_letters import baca_surat
from hub.sumber_daya.list_row import BarisBaca

_KOSONG = frozenset(("", "-", "--", "–", "—", "n/a", "na", "null", "tidak ada data", "belum ada data", "..."))
_TERBACA = 2_000  # letters of a cell that are looked at: what is longer is no field of a list
_YA = frozenset(("ya", "y", "ada", "true", "1", "sudah", "v", "√", "✓", "✔", "setuju", "iya"))
_TIDAK = frozenset(
    ("tidak", "t", "tdk", "tidak ada", "belum", "false", "0", "x", "tidak setuju", "kosong", "belum ada")
)
_AKTIF = ("aktif", "beroperasi", "berjalan", "masih aktif", "ada", "ya")
_MATI = (
    "tidak aktif",
    "non aktif",
    "nonaktif",
    "tidak beroperasi",
    "tutup",
    "pasif",
    "vakum",
    "mati",
    "bubar",
    "tidak",
)
_PASANGAN = re.compile(r"(\d[\d.]*)\s*(?:l|lk|laki-laki)?\s*[/;,+&-]\s*(\d[\d.]*)\s*(?:p|pr|perempuan)?", re.IGNORECASE)
_KOORDINAT = re.compile(r"(-?\d{1,3}(?:[.,]\d+)?)\s*[;,/ ]\s*(-?\d{1,3}(?:[.,]\d+)?)")
_RIBUAN = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # "1.200" m2: of a warehouse nobody writes thousandths
_PECAHAN = ("luas_m2", "kapasitas_m3")
_YA_TIDAK = ("lumbung", "gardu", "rahasia", "ketua_setuju")

_PILIHAN: dict[str, dict[str, str]] = {
    "pemilik": {
        "KEMENTERIAN": "kementerian|kemensos|kementerian sosial|pusat|pemerintah pusat|kemensos ri|kementerian sosial ri",
        "PROVINSI": "provinsi|prov|pemprov|pemerintah provinsi|dinas sosial provinsi",
        "KABUPATEN": "kabupaten|kota|kab|kab/kota|kabupaten/kota|pemkab|pemkot|pemda|pemerintah kabupaten|pemerintah kota|"
        "pemerintah daerah|dinas sosial",
        "DESA": "desa|kelurahan|pemdes|pemerintah desa|desa/kelurahan",
        "MASYARAKAT": "masyarakat|swasta|yayasan|perorangan|perkumpulan|ormas|organisasi masyarakat",
    },
    "klasifikasi": {k: k.lower() for k in ("TUMBUH", "BERKEMBANG", "MAJU", "PERCONTOHAN")},
    "cakupan": {
        "KOTA": "kota|kabupaten|kab|kab/kota|kabupaten/kota|lokal|lks kota|lks kabupaten|lks kabupaten/kota",
        "PROVINSI": "provinsi|prov|lks provinsi",
        "NASIONAL": "nasional|pusat|lks nasional",
    },
    "tingkat_gudang": {
        "PUSAT": "pusat|nasional|kementerian|kemensos",
        "PROVINSI": "provinsi|prov",
        "KABUPATEN": "kabupaten|kota|kab|kab/kota|kabupaten/kota",
    },
}
_SASARAN = {
    "lansia": "lanjut usia", "lanjut usia": "lanjut usia", "lanjut usia terlantar": "lanjut usia", "jompo": "lanjut usia",
    "anak": "anak", "anak anak": "anak", "anak-anak": "anak", "anak terlantar": "anak", "anak yatim": "anak",
    "yatim piatu": "anak", "disabilitas": "disabilitas", "penyandang disabilitas": "disabilitas", "cacat": "disabilitas",
    "penyandang cacat": "disabilitas", "difabel": "disabilitas",
}  # fmt: skip


def baca_baris(tabel: Tabel, jenis: str) -> list[BarisBaca]:
    """Every row of a table that is no row of totals."""
    hasil = []
    for nomor, sel in tabel.isi:
        isi = {m: " ".join(sel[i][:_TERBACA].split()) for i, m in tabel.kolom.items() if i < len(sel)}
        tulis = {m: t for m, t in isi.items() if t.casefold() not in _KOSONG}
        if _jumlah(sel):
            pesan = f"Baris {nomor} tampaknya baris jumlah, bukan lembaga; dilewati."
            di = (Lokasi(lembar=tabel.lembar, baris=nomor),)
            tabel.temuan.append(Temuan("BARIS_JUMLAH", INFO, pesan, nilai=" ".join(sel)[:80].strip(), lokasi=di))
            continue
        b = BarisBaca(jenis, tabel.lembar, nomor, sel, tabel.sebutan, tulis)
        for i, medan in tabel.kolom.items():
            if i < len(sel) and len(sel[i]) > _TERBACA and medan != "no":
                pesan = f"{tabel.sebutan[medan]} berisi {tampil(len(sel[i]))} huruf, paling banyak {tampil(_TERBACA)}; pendekkan."
                b.catat("TEKS_TIDAK_SAH", GALAT, pesan, medan)
        _isi(b)
        hasil.append(b)
    return hasil


def _jumlah(sel: list[str]) -> bool:
    pertama = next(c.strip().casefold() for c in sel if c.strip())
    return re.fullmatch(r"(t ?o ?t ?a ?l|j ?u ?m ?l ?a ?h)\b.*", pertama) is not None


def _isi(b: BarisBaca) -> None:
    for medan in ISIAN_JENIS[b.jenis]:
        if medan in b.tulis:
            _satu(b, medan)
    for medan in ("pemilik", "rahasia"):
        if medan in b.tulis:
            _satu(b, medan)
    for medan in ("alamat", "sumber"):
        if medan in b.tulis:
            b.nilai[medan] = b.tulis[medan]
    for medan in [m for m in b.tulis if m.endswith("/")]:
        _pasangan(b, medan)
    _ketua(b)
    _waktu(b)
    _status(b)
    _titik(b)
    baca_surat(b)


def _satu(b: BarisBaca, medan: str) -> None:
    teks = b.tulis[medan]
    if medan in _PILIHAN:
        _pilih(b, medan, teks)
    elif medan in _YA_TIDAK:
        _ya(b, medan, teks)
    elif medan == "sasaran":
        b.nilai[medan] = _SASARAN.get(teks.casefold(), teks)
    elif medan == "sumber_dana":
        b.nilai[medan] = teks.upper() if teks.casefold() in ("apbn", "apbd", "dak") else teks
    elif medan in _TEKS:
        b.nilai[medan] = teks
    elif medan != "tahun":
        _angka(b, medan, teks)


_TEKS = ("bidang", "ketua", "sekretariat", "pengelola")


def _angka(b: BarisBaca, medan: str, teks: str) -> None:
    pecahan = medan in _PECAHAN
    try:
        angka = baca_angka(teks, bulat=not pecahan)
    except ValueError as salah:
        b.catat("ANGKA_TAK_TERBACA", GALAT, f"{b.kolom[medan]}: {salah}.", medan)
        return
    if not pecahan and angka.nilai != int(angka.nilai):
        b.catat("ANGKA_PECAHAN", GALAT, f'{b.kolom[medan]}: "{teks}" bukan bilangan bulat.', medan)
        return
    nilai: int | Decimal = angka.nilai if pecahan else int(angka.nilai)
    b.nilai[medan] = nilai
    if pecahan and _RIBUAN.fullmatch(teks):
        ribu = int(teks.replace(".", ""))
        b.nilai[medan] = Decimal(ribu)
        pesan = f'{b.kolom[medan]}: "{teks}" dibaca {ribu}; bila maksudnya pecahan, tulis dengan koma.'
        b.catat("ANGKA_TULISAN", PERINGATAN, pesan, medan, str(ribu))
    elif angka.bebas:
        b.catat("ANGKA_TULISAN", INFO, f'{b.kolom[medan]}: "{teks}" dibaca {nilai}.', medan, str(nilai))


def _pasangan(b: BarisBaca, medan: str) -> None:
    """ "12/8" under "Anggota L/P"; a number alone is that of all."""
    apa, teks = medan[:-1], b.tulis[medan]
    if cocok := _PASANGAN.fullmatch(teks):
        for kolom, angka in ((f"{apa}_l", cocok[1]), (f"{apa}_p", cocok[2])):
            b.nilai.setdefault(kolom, int(angka.replace(".", "")))
        return
    try:
        b.nilai.setdefault(apa, int(baca_angka(teks, bulat=True).nilai))
    except ValueError:
        b.catat("ANGKA_TAK_TERBACA", GALAT, f'{b.kolom[medan]}: "{teks}" bukan dua angka seperti 12/8.', medan)


def _pilih(b: BarisBaca, medan: str, teks: str) -> None:
    pilihan = {e: nilai for nilai, semua in _PILIHAN[medan].items() for e in semua.split("|")}
    kunci = teks.casefold().strip(" .")
    if kunci in pilihan:
        b.nilai[medan] = pilihan[kunci]
        return
    dekat = process.extractOne(kunci, list(pilihan), score_cutoff=85)
    if dekat:
        b.nilai[medan] = pilihan[dekat[0]]
        pesan = f'{b.kolom[medan]}: "{teks}" dibaca {pilihan[dekat[0]]}.'
        b.catat("PILIHAN_MIRIP", PERINGATAN, pesan, medan, pilihan[dekat[0]])
        return
    pesan = f'{b.kolom[medan]}: "{teks}" tidak dikenal; pilihannya: {", ".join(_PILIHAN[medan])}.'
    b.catat("PILIHAN_TAK_DIKENAL", GALAT, pesan, medan)


def _ya(b: BarisBaca, medan: str, teks: str) -> None:
    kunci = teks.casefold().strip(" .")
    if kunci in _YA or kunci in _TIDAK:
        b.nilai[medan] = kunci in _YA
        return
    b.catat("BUKAN_YA_TIDAK", GALAT, f'{b.kolom[medan]}: "{teks}" bukan ya atau tidak.', medan)


def _ketua(b: BarisBaca) -> None:
    """A name is kept where the row itself says that its bearer agreed."""
    if "ketua" in b.nilai and b.nilai.get("ketua_setuju") is not True:
        del b.nilai["ketua"]
        b.tanpa_setuju = True


def _waktu(b: BarisBaca) -> None:
    for medan in ("sejak", "sampai"):
        if medan not in b.tulis:
            continue
        hari = baca_hari(b, medan, "TANGGAL_TAK_TERBACA")
        if hari is not None:
            b.nilai[medan] = hari
            if medan == "sejak" and "tahun" in ISIAN_JENIS[b.jenis]:
                b.nilai["tahun"] = hari.year


def baca_hari(b: BarisBaca, medan: str, kode: str) -> date | None:
    """The first day of what the column says: a day, a month or a year."""
    try:
        return baca_mulai(b.tulis[medan])[0]
    except ValueError as salah:
        b.catat(kode, GALAT, f"{b.kolom[medan]}: {salah}.", medan)
        return None


def _status(b: BarisBaca) -> None:
    kata = b.tulis.get("status", "").casefold().replace("-", " ").replace(".", " ").split()
    if not kata:
        return
    if kata[0] in ("sudah", "sdh", "telah"):
        kata = kata[1:] or kata
    teks = " ".join("tidak" if k in ("tdk", "tak", "tdak") else k for k in kata)
    if teks in _MATI or teks.startswith(("tidak aktif", "non aktif", "tidak beroperasi")):
        b.aktif = False
    elif teks in _AKTIF or teks.startswith("aktif"):
        b.aktif = True
    else:
        pesan = f'{b.kolom["status"]}: "{b.tulis["status"]}" bukan aktif atau tidak aktif; tidak disimpan.'
        b.catat("STATUS_TAK_DIKENAL", PERINGATAN, pesan, "status")


def _titik(b: BarisBaca) -> None:
    """Degrees; a pair is latitude first, as people write it, except where only the other order lies in Indonesia."""
    kolom, lintang, bujur = "lintang", b.tulis.get("lintang"), b.tulis.get("bujur")
    if lintang is None and bujur is None:
        if "koordinat" not in b.tulis:
            return
        cocok = _KOORDINAT.fullmatch(b.tulis["koordinat"].strip("() "))
        kolom = "koordinat"
        if cocok is None:
            pesan = (
                f'{b.kolom[kolom]}: "{b.tulis[kolom]}" bukan lintang dan bujur dalam derajat, seperti -10.73, 123.05.'
            )
            b.catat("TITIK_TIDAK_SAH", GALAT, pesan, kolom)
            return
        lintang, bujur = cocok[1], cocok[2]
    if lintang is None or bujur is None:
        ada = "lintang" if bujur is None else "bujur"
        b.catat("TITIK_TIDAK_SAH", GALAT, "Titik memerlukan lintang dan bujur; salah satunya kosong.", ada)
        return
    try:
        y, x = float(lintang.replace(",", ".")), float(bujur.replace(",", "."))
    except ValueError:
        b.catat("TITIK_TIDAK_SAH", GALAT, f'"{lintang}", "{bujur}" bukan derajat, seperti -10.73 dan 123.05.', kolom)
        return
    if not (-12 <= y <= 7 and 94 <= x <= 142) and -12 <= x <= 7 and 94 <= y <= 142:
        x, y = y, x
        pesan = f"Lintang dan bujur tertukar; dibaca lintang {y:g}, bujur {x:g}."
        b.catat("SUMBU_TERTUKAR", PERINGATAN, pesan, kolom)
    b.titik = (x, y)
