"""What may be wrong with a social resource, all at once. Pure: what the database knows comes as an argument."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hub.base.angka import layak
from hub.base.kode import Tingkat, tingkat
from hub.base.nama import kunci_nama
from hub.base.temuan import GALAT, PERINGATAN, Temuan, tampil
from hub.sumber_daya.draft import Bertempat, SumberDayaDraft, SuratDraft
from hub.wilayah.daftar import Cocok, DaftarWilayah, TakCocokError

_ORANG = ("klien_l", "klien_p", "klien")
ISIAN_JENIS: dict[str, tuple[str, ...]] = {
    "PANTI": ("sasaran", "daya_tampung", *_ORANG, "bidang", "ketua", "ketua_setuju", "cakupan"),
    "LKS": ("sasaran", "daya_tampung", *_ORANG, "bidang", "ketua", "ketua_setuju", "cakupan"),
    "LK3": ("bidang", *_ORANG),
    "RUMAH_SINGGAH": ("sasaran", "daya_tampung", *_ORANG),
    "SLRT": (
        "sekretariat", "sumber_dana", "tahun", "petugas_depan", "petugas_belakang", "pengaduan_masuk", "pengaduan_selesai",
    ),
    "PUSKESOS": (
        "pengelola", "tahun", "petugas_depan", "petugas_belakang", "pengaduan_masuk", "pengaduan_selesai",
    ),
    "GUDANG_BENCANA": ("tingkat_gudang", "luas_m2", "kapasitas_m3"),
    "KAMPUNG_SIAGA_BENCANA": ("lumbung", "gardu", "anggota_l", "anggota_p", "anggota"),
    "KARANG_TARUNA": (
        "anggota_l", "anggota_p", "anggota", "pengurus_l", "pengurus_p", "pengurus", "klasifikasi",
    ),
}  # fmt: skip
SURAT_JENIS = {
    jenis: ("TANDA_DAFTAR", "AKREDITASI", "SK") if jenis in ("PANTI", "LKS", "LK3", "RUMAH_SINGGAH") else ("SK",)
    for jenis in ISIAN_JENIS
}
PILIHAN = {
    "cakupan": ("KOTA", "PROVINSI", "NASIONAL"),
    "tingkat_gudang": ("PUSAT", "PROVINSI", "KABUPATEN"),
    "klasifikasi": ("TUMBUH", "BERKEMBANG", "MAJU", "PERCONTOHAN"),
}
JUMLAH_ORANG = ("klien", "anggota", "pengurus")  # each with its _l and _p
_WAJIB = {"PANTI": ("sasaran", "daya_tampung")}
AKREDITASI_TAHUN = {"A": 5, "B": 3, "C": 2}  # Permensos: how long a certificate of that grade holds
_TERPANJANG = 500  # letters of a name, an address or another text
_TERBESAR = 2**31 - 1

PESAN_DESA = {
    "BUKAN_KODE": ("DESA_BUKAN_KODE", "bukan kode desa; tulis seperti 53.14.01.2005"),
    "DI_LUAR": ("DESA_DI_LUAR", "di luar kabupaten/kota sumber daya ini"),
    "TIDAK_BERLAKU": ("DESA_TIDAK_BERLAKU", "tidak berlaku lagi"),
    "TAK_DIKENAL": ("DESA_TAK_DIKENAL", "tidak dikenal"),
    "RANGKAP": ("DESA_RANGKAP", "dapat berarti lebih dari satu desa; tulis kodenya"),
    "LEMBAGA": ("DESA_TAK_DIKENAL", "adalah lembaga, bukan desa"),
}


@dataclass(frozen=True, slots=True)
class DesaDiTitik:
    """Where a point lies: `kode` None: in no desa whose boundary is loaded. `di_batas`: whether the desa named holds the
    point, None where its boundary is not loaded."""

    kode: str | None
    nama: str | None
    di_batas: bool | None


def titik_dari(titik: Mapping[str, object] | None) -> tuple[float, float] | None:
    """Longitude and latitude of a GeoJSON point. Raises ValueError saying what is wrong with it."""
    if titik is None:
        return None
    koordinat = titik.get("coordinates")
    if titik.get("type") != "Point" or not isinstance(koordinat, list | tuple) or len(koordinat) not in (2, 3):
        raise ValueError('titik harus GeoJSON {"type": "Point", "coordinates": [bujur, lintang]}')
    lon, lat = koordinat[:2]
    if not all(isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) for x in (lon, lat)):
        raise ValueError("bujur dan lintang titik harus angka")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon}, {lat} bukan titik di bumi; bujur lebih dahulu, lalu lintang, dalam derajat")
    return float(lon), float(lat)


def periksa(d: SumberDayaDraft) -> list[Temuan]:
    """Everything that shows in the draft itself."""
    return [*_teks(d), *_masa(d), *_isian(d), *_angka(d), *_titik(d), *_surat(d)]


def periksa_desa(d: Bertempat, daftar: DaftarWilayah) -> tuple[Cocok | None, list[Temuan]]:
    """The desa named, and what is wrong with the name. `daftar`: the regions of its kabupaten."""
    lokasi = d.lokasi("desa")
    try:
        cocok = daftar.dari_kode(d.desa)
    except TakCocokError as tak:
        kode, isi = PESAN_DESA[tak.sebab]
        usulan = "; ".join(tak.usulan) or None
        saran = f" Mungkin maksudnya: {usulan}." if usulan else ""
        return None, [Temuan(kode, GALAT, f'Desa "{d.desa}" {isi}.{saran}', nilai=d.desa, usulan=usulan, lokasi=lokasi)]
    if tingkat(cocok.kode) is not Tingkat.DESA:
        pesan = f"{cocok.kode} adalah {tingkat(cocok.kode).name.lower()} {cocok.nama}; sebutkan desa atau kelurahannya."
        return None, [Temuan("BUKAN_DESA", GALAT, pesan, wilayah=cocok.kode, nilai=d.desa, lokasi=lokasi)]
    if cocok.catatan == "KODE_LAIN_MASA":
        pesan = f"Kode {d.desa} tidak berlaku; dipakai {cocok.kode} ({cocok.nama})."
        return cocok, [
            Temuan(
                "KODE_LAIN_MASA", PERINGATAN, pesan, wilayah=cocok.kode, nilai=d.desa, usulan=cocok.kode, lokasi=lokasi
            )
        ]
    return cocok, []


def periksa_kembar(d: Bertempat, cocok: Cocok, berdiri: Iterable[tuple[str, str]]) -> list[Temuan]:
    """Of a new one: whether one of that name stands in its desa. `berdiri`: (id, name) of those that do."""
    ada = next((i for i, nama in berdiri if kunci_nama(nama) == kunci_nama(d.nama)), None)
    if ada is None:
        return []
    kunci = f"{cocok.kode[:5]}:{ada}"
    pesan = (
        f'"{d.nama}" sudah terdaftar di {cocok.nama} ({kunci}); dicatat sebagai yang lain lagi. Bila yang dimaksud itu, ubah yang itu '
        "dengan id dan versinya, dan akhiri yang ini (sampai)."
    )
    return [
        Temuan(
            "MIRIP_TERDAFTAR",
            PERINGATAN,
            pesan,
            wilayah=cocok.kode,
            nilai=d.nama,
            usulan=kunci,
            lokasi=d.lokasi("nama"),
        )
    ]


def periksa_letak(d: Bertempat, cocok: Cocok, di: DesaDiTitik) -> list[Temuan]:
    """Whether the point lies in the desa named."""
    if di.di_batas or di.kode == cocok.kode:
        return []
    lokasi = d.lokasi("titik")
    if di.kode is not None:
        pesan = f"Titiknya terletak di {di.nama} ({di.kode}), bukan di {cocok.nama} ({cocok.kode})."
        return [
            Temuan(
                "TITIK_DI_DESA_LAIN", PERINGATAN, pesan, wilayah=cocok.kode, nilai=d.desa, usulan=di.kode, lokasi=lokasi
            )
        ]
    if di.di_batas is None:
        return []  # nobody can tell
    pesan = (
        f"Titiknya di luar batas {cocok.nama} ({cocok.kode}) dan tidak di desa mana pun; periksa bujur dan lintangnya."
    )
    return [Temuan("TITIK_DI_LUAR_BATAS", PERINGATAN, pesan, wilayah=cocok.kode, lokasi=lokasi)]


def _teks(d: SumberDayaDraft) -> Iterator[Temuan]:
    if not d.nama.strip():
        yield Temuan("NAMA_KOSONG", GALAT, "Nama harus diisi.", lokasi=d.lokasi("nama"))
    teks = {"nama": d.nama, "alamat": d.alamat, "sumber": d.sumber}
    teks |= {k: v for k, v in d.isi.items() if isinstance(v, str) and k not in ("luas_m2", "kapasitas_m3")}
    for kolom, isi in teks.items():
        if isi is not None and (len(isi) > _TERPANJANG or "\0" in isi):
            pesan = f"{d.sebutan(kolom)} paling banyak {_TERPANJANG} huruf, tanpa huruf kendali."
            yield Temuan("TEKS_TIDAK_SAH", GALAT, pesan, nilai=isi[:40].replace("\0", "�"), lokasi=d.lokasi(kolom))


def _masa(d: SumberDayaDraft) -> Iterator[Temuan]:
    if d.sampai is not None and d.sampai <= d.sejak:
        pesan = f"sampai ({d.sampai}) adalah hari pertama tidak ada lagi; harus sesudah sejak ({d.sejak})."
        yield Temuan("MASA_TERBALIK", GALAT, pesan, nilai=str(d.sampai), lokasi=d.lokasi("sampai"))
    tahun = d.isi.get("tahun")
    if isinstance(tahun, int) and not 1900 <= tahun <= 2100:
        yield Temuan(
            "TAHUN_TIDAK_SAH", GALAT, f"{tahun} bukan tahun yang mungkin.", nilai=str(tahun), lokasi=d.lokasi("tahun")
        )


def _isian(d: SumberDayaDraft) -> Iterator[Temuan]:
    boleh = ISIAN_JENIS[d.jenis]
    for kolom, isi in d.isi.items():
        if isi is None:
            continue
        if kolom not in boleh:
            pesan = f"{d.sebutan(kolom)} bukan isian {d.jenis}; isiannya: {', '.join(map(d.sebutan, boleh))}."
            yield Temuan("ISIAN_BUKAN_JENIS", GALAT, pesan, nilai=str(isi), lokasi=d.lokasi(kolom))
        elif kolom in PILIHAN and isi not in PILIHAN[kolom]:
            pesan = f'{d.sebutan(kolom)} "{isi}" tidak dikenal; pilihannya: {", ".join(PILIHAN[kolom])}.'
            yield Temuan("PILIHAN_TAK_DIKENAL", GALAT, pesan, nilai=str(isi), lokasi=d.lokasi(kolom))
    for kolom in _WAJIB.get(d.jenis, ()):
        isi = d.isi.get(kolom)
        if isi is None or isi == "":
            yield Temuan(
                "ISIAN_WAJIB", GALAT, f"{d.sebutan(kolom)} harus diisi untuk {d.jenis}.", lokasi=d.lokasi(kolom)
            )
    if d.isi.get("ketua") and not d.isi.get("ketua_setuju"):
        pesan = "Nama ketua tidak disimpan, karena tidak dinyatakan bahwa ia setuju namanya dibuka (ketuaSetuju)."
        yield Temuan("KETUA_TANPA_SETUJU", PERINGATAN, pesan, lokasi=d.lokasi("ketua"))


def _angka(d: SumberDayaDraft) -> Iterator[Temuan]:
    for kolom, isi in d.isi.items():
        lokasi = d.lokasi(kolom)
        if kolom in ("luas_m2", "kapasitas_m3") and isi is not None:
            if not isinstance(isi, Decimal) or not layak(isi):
                yield Temuan(
                    "ANGKA_TAK_TERBACA",
                    GALAT,
                    f'{d.sebutan(kolom)}: "{isi}" bukan angka; tulis tanpa tanda kutip dan tanpa titik ribuan, seperti 1250.5.',
                    nilai=str(isi),
                    lokasi=lokasi,
                )
                continue
        elif isinstance(isi, bool) or not isinstance(isi, int):
            continue
        if isi < 0:
            pesan = f"{d.sebutan(kolom)}: {tampil(isi)} kurang dari nol."
            yield Temuan("ANGKA_NEGATIF", GALAT, pesan, nilai=str(isi), usulan=tampil(-isi), lokasi=lokasi)
        elif isinstance(isi, int) and isi > _TERBESAR:
            yield Temuan(
                "ANGKA_TERLALU_BESAR", GALAT, f"{d.sebutan(kolom)}: {isi} terlalu besar.", nilai=str(isi), lokasi=lokasi
            )
    yield from _jumlah_orang(d)
    if d.rahasia and d.jenis == "GUDANG_BENCANA":
        pesan = "Gudang bencana tidak dapat dirahasiakan: stoknya terbuka bagi semua. Kosongkan rahasia."
        yield Temuan("RAHASIA_GUDANG", GALAT, pesan, lokasi=d.lokasi("rahasia"))
    daya, klien = d.isi.get("daya_tampung"), orang(d.isi, "klien")
    if isinstance(daya, int) and klien is not None and klien > daya >= 0:
        pesan = f"Klien {tampil(klien)} orang melebihi daya tampung {tampil(daya)} orang."
        yield Temuan("KLIEN_MELEBIHI_DAYA", PERINGATAN, pesan, nilai=str(klien), lokasi=d.lokasi("klien_l"))
    masuk, selesai = d.isi.get("pengaduan_masuk"), d.isi.get("pengaduan_selesai")
    if isinstance(masuk, int) and isinstance(selesai, int) and selesai > masuk:
        pesan = f"Pengaduan selesai ({tampil(selesai)}) melebihi yang masuk ({tampil(masuk)})."
        yield Temuan(
            "SELESAI_MELEBIHI_MASUK", PERINGATAN, pesan, nilai=str(selesai), lokasi=d.lokasi("pengaduan_selesai")
        )


def orang(isi: Mapping[str, object], apa: str) -> int | None:
    """How many: the number of all, else the sum of the sexes that are known; None where nothing is."""
    semua = isi.get(apa)
    if isinstance(semua, int):
        return semua
    ada = [n for k in (f"{apa}_l", f"{apa}_p") if isinstance(n := isi.get(k), int)]
    return sum(ada) if ada else None


def _jumlah_orang(d: SumberDayaDraft) -> Iterator[Temuan]:
    for apa in JUMLAH_ORANG:
        semua, laki, perempuan = (d.isi.get(k) for k in (apa, f"{apa}_l", f"{apa}_p"))
        if not isinstance(semua, int):
            continue
        bagian = [n for n in (laki, perempuan) if isinstance(n, int)]
        jumlah = sum(bagian)
        if (len(bagian) == 2 and jumlah != semua) or jumlah > semua >= 0:
            pesan = f"{d.sebutan(apa)} {tampil(semua)} ≠ laki-laki + perempuan {tampil(jumlah)}."
            yield Temuan("JUMLAH_TIDAK_SAMA", GALAT, pesan, nilai=str(semua), usulan=str(jumlah), lokasi=d.lokasi(apa))


def _titik(d: SumberDayaDraft) -> Iterator[Temuan]:
    if d.titik is None:
        return
    if d.rahasia:
        pesan = "Titik tempat yang dirahasiakan (perlindungan korban) tidak boleh disimpan; kosongkan titiknya."
        yield Temuan("TITIK_RAHASIA", GALAT, pesan, lokasi=d.lokasi("titik"))
    try:
        titik_dari(d.titik)
    except ValueError as salah:
        yield Temuan("TITIK_TIDAK_SAH", GALAT, f"Titik tidak sah: {salah}.", lokasi=d.lokasi("titik"))


def _surat(d: SumberDayaDraft) -> Iterator[Temuan]:
    terlihat: set[tuple[str, date]] = set()
    for i, s in enumerate(d.surat or ()):
        lokasi = d.lokasi("surat", i)
        apa = f"{s.jenis} sejak {s.sejak}"
        if s.jenis not in SURAT_JENIS[d.jenis]:
            pesan = f"{d.jenis} tidak mempunyai {s.jenis}; suratnya: {', '.join(SURAT_JENIS[d.jenis])}."
            yield Temuan("SURAT_BUKAN_JENIS", GALAT, pesan, nilai=s.jenis, lokasi=lokasi)
        if (s.jenis, s.sejak) in terlihat:
            yield Temuan("SURAT_GANDA", GALAT, f"{apa} disebut dua kali; sisakan satu.", lokasi=lokasi)
        terlihat.add((s.jenis, s.sejak))
        if s.sampai is not None and s.sampai <= s.sejak:
            pesan = f"{apa}: sampai ({s.sampai}) adalah hari pertama tidak berlaku lagi; harus sesudahnya."
            yield Temuan("SURAT_TERBALIK", GALAT, pesan, nilai=str(s.sampai), lokasi=lokasi)
        if any(t is not None and (len(t) > _TERPANJANG or "\0" in t) for t in (s.nomor, s.cakupan)):
            pesan = f"{apa}: nomor paling banyak {_TERPANJANG} huruf, tanpa huruf kendali."
            yield Temuan("TEKS_TIDAK_SAH", GALAT, pesan, lokasi=lokasi)
        yield from _peringkat(d, s, apa, i)


def _peringkat(d: SumberDayaDraft, s: SuratDraft, apa: str, i: int) -> Iterator[Temuan]:
    lokasi = d.lokasi("surat", i)
    if s.jenis != "AKREDITASI":
        if s.peringkat is not None:
            pesan = f"{apa}: peringkat hanya untuk AKREDITASI."
            yield Temuan("PERINGKAT_BUKAN_AKREDITASI", GALAT, pesan, nilai=s.peringkat, lokasi=lokasi)
        return
    tahun = AKREDITASI_TAHUN.get(s.peringkat or "")
    if tahun is None:
        pesan = f"{apa}: peringkat akreditasi harus A, B atau C."
        yield Temuan("PERINGKAT_TIDAK_SAH", GALAT, pesan, nilai=s.peringkat, lokasi=lokasi)
        return
    batas = tambah_tahun(s.sejak, tahun)
    if s.sampai is None or s.sampai > batas:
        ditulis = "tanpa akhir" if s.sampai is None else f"sampai {s.sampai}"
        pesan = f"{apa}: akreditasi {s.peringkat} berlaku {tahun} tahun, jadi sampai {batas}; ditulis {ditulis}."
        nilai = None if s.sampai is None else str(s.sampai)
        yield Temuan("AKREDITASI_TERLALU_LAMA", PERINGATAN, pesan, nilai=nilai, usulan=str(batas), lokasi=lokasi)


def tambah_tahun(hari: date, tahun: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    if hari.year + tahun > date.max.year:
        return date.max
    try:
        return hari.replace(year=hari.year + tahun)
    except ValueError:
        return date(hari.year + tahun, 3, 1)
