"""What can be wrong with a member of the Tagana register. Pure; every finding at once.

Criteria (Permensos on Tagana, as the source documents state them): 18 to 40 years old at registration, knowledge, willing
to train, faith, loyal to Pancasila.
"""

from collections.abc import Iterator
from datetime import date

from hub.base.temuan import GALAT, PERINGATAN, Lokasi, Temuan
from hub.tagana.draft import TaganaDraft

UMUR_TERMUDA, UMUR_TERTUA = 18, 40
_PANJANG = 200  # letters of a name or a title
_PANJANG_ALAMAT = 500
_BANYAK = 100  # trainings, deployments or specialities of one person

KRITERIA = {
    "berpengetahuan": "memiliki pengetahuan kebencanaan",
    "bersedia_dilatih": "bersedia dilatih",
    "beriman": "beriman",
    "setia_pancasila": "setia kepada Pancasila",
}
_SEBUTAN = {"bersedia_dilatih": "bersediaDilatih", "setia_pancasila": "setiaPancasila"}  # as the input calls them


def umur(lahir: date, pada: date) -> int:
    """Full years on that day; somebody born on 29 February turns a year older on 1 March."""
    return pada.year - lahir.year - ((pada.month, pada.day) < (lahir.month, lahir.day))


def periksa_tagana(d: TaganaDraft, hari_ini: date, *, desa_ada: bool) -> list[Temuan]:
    """`desa_ada`: the code names a desa in force."""
    temuan = [*_teks("nama", d.nama, wajib=True), *_teks("nia", d.nia), *_teks("sertifikat", d.sertifikat)]
    temuan += _teks("alamat", d.alamat, paling=_PANJANG_ALAMAT)
    if not desa_ada:
        pesan = f'"{d.kode_desa}" bukan kode desa/kelurahan yang berlaku di {d.kode_kab}.'
        temuan.append(
            Temuan("DESA_TAK_DIKENAL", GALAT, pesan, wilayah=d.kode_desa, nilai=d.kode_desa, lokasi=_di("desa"))
        )
    temuan += _hari(d, hari_ini)
    temuan += [
        Temuan(
            "KRITERIA_TIDAK_TERPENUHI",
            GALAT,
            f"Anggota Tagana harus {arti}.",
            wilayah=d.kode_desa,
            lokasi=_di(_SEBUTAN.get(nama, nama)),
        )
        for nama, arti in KRITERIA.items()
        if not getattr(d, nama)
    ]
    for i, k in enumerate(d.keahlian):
        temuan += _teks("keahlian", k, wajib=True, indeks=i)
    temuan += _kegiatan(d, hari_ini)
    for apa, banyak in (("keahlian", d.keahlian), ("pelatihan", d.pelatihan or ()), ("penugasan", d.penugasan or ())):
        if len(banyak) > _BANYAK:
            temuan.append(Temuan("TERLALU_BANYAK", GALAT, f"{apa} paling banyak {_BANYAK}.", lokasi=_di(apa)))
    return temuan


def _hari(d: TaganaDraft, hari_ini: date) -> Iterator[Temuan]:
    if d.didata > hari_ini:
        pesan = f"Tanggal pendataan {d.didata} belum tiba."
        yield Temuan("TANGGAL_BELUM_TIBA", GALAT, pesan, nilai=str(d.didata), lokasi=_di("didata"))
    tahun = umur(d.tanggal_lahir, d.didata)
    if not UMUR_TERMUDA <= tahun <= UMUR_TERTUA:
        pesan = f"Umur saat didata {tahun} tahun; anggota Tagana didata pada umur {UMUR_TERMUDA} sampai {UMUR_TERTUA} tahun."
        yield Temuan("UMUR_DI_LUAR", GALAT, pesan, nilai=str(d.tanggal_lahir), lokasi=_di("tanggalLahir"))
    if d.sampai is not None and d.sampai <= d.didata:
        pesan = f"Tidak lagi anggota sejak {d.sampai}, padahal baru didata {d.didata}."
        yield Temuan("TANGGAL_TERBALIK", GALAT, pesan, nilai=str(d.sampai), lokasi=_di("sampai"))


def _kegiatan(d: TaganaDraft, hari_ini: date) -> Iterator[Temuan]:
    for i, p in enumerate(d.pelatihan or ()):
        yield from _teks("pelatihan", p.nama, wajib=True, indeks=i)
        yield from _teks("penyelenggara", p.penyelenggara, indeks=i)
        if p.tanggal > hari_ini:
            pesan = f"Pelatihan tanggal {p.tanggal} belum tiba."
            yield Temuan("TANGGAL_BELUM_TIBA", GALAT, pesan, nilai=str(p.tanggal), lokasi=_di("pelatihan", i))
    for i, t in enumerate(d.penugasan or ()):
        yield from _teks("penugasan", t.kejadian, wajib=True, indeks=i)
        yield from _teks("peran", t.peran, indeks=i)
        if t.sampai is not None and t.sampai <= t.sejak:
            pesan = f"Penugasan berakhir {t.sampai}, sebelum atau pada hari mulainya {t.sejak}; isi hari pertama sesudahnya."
            yield Temuan("TANGGAL_TERBALIK", GALAT, pesan, nilai=str(t.sampai), lokasi=_di("penugasan", i))
        if t.sejak > hari_ini:
            pesan = f"Penugasan tanggal {t.sejak} belum tiba."
            yield Temuan("TANGGAL_BELUM_TIBA", GALAT, pesan, nilai=str(t.sejak), lokasi=_di("penugasan", i))
        elif t.sejak < d.didata:
            pesan = f"Penugasan tanggal {t.sejak} mendahului pendataan {d.didata}; periksa tanggalnya."
            yield Temuan("SEBELUM_DIDATA", PERINGATAN, pesan, nilai=str(t.sejak), lokasi=_di("penugasan", i))


def _teks(
    nama: str, isi: str | None, *, wajib: bool = False, paling: int = _PANJANG, indeks: int | None = None
) -> list[Temuan]:
    """A text that can be kept: one line, not endless, and there where it must be."""
    if isi is None:
        return []
    if not isi.strip():
        if not wajib:
            return []
        return [Temuan("TEKS_KOSONG", GALAT, f"{nama} harus diisi.", lokasi=_di(nama, indeks))]
    if len(isi) > paling or not isi.isprintable():
        pesan = f"{nama} paling panjang {paling} huruf, tanpa pindah baris."
        return [Temuan("TEKS_TAK_TERBACA", GALAT, pesan, lokasi=_di(nama, indeks))]
    return []


def periksa_alasan(nama: str, isi: str) -> list[Temuan]:
    """A reason or a purpose that another office will read."""
    return _teks(nama, isi, wajib=True, paling=_PANJANG_ALAMAT)


def _di(kolom: str, indeks: int | None = None) -> tuple[Lokasi, ...]:
    return (Lokasi(indeks=indeks, kolom=kolom),)
