"""The columns of a list of social resources, whatever its office calls them. Pure.

A header is compared without capitals, dots, slashes and repeated spaces ("Kab/Kota", "KAB. KOTA" → "kab kota"). Two rows of
headers ("Anggota" over "L" and "P") are read as one. What holds personal data that the hub does not keep is known by name,
so that it can be said and left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from hub.base.temuan import GALAT, INFO, PERINGATAN, Lokasi, Temuan
from hub.lembar.sheet import Lembar

_UMUM = {
    "no": "no|nomor|no urut|nomor urut|baris asal|temuan hub",  # the last two: of a list of rows that were left out
    "id": "id|id hub",
    "nama": "nama|nama lembaga|nama lks|lks|nama panti|panti|nama puskesos|puskesos|nama slrt|slrt|nama gudang|gudang|nama ksb|"
    "ksb|nama karang taruna|karang taruna|nama kt|nama lk3|lk3|nama rumah singgah|rumah singgah|nama organisasi|nama kampung siaga "
    "bencana|kampung siaga bencana|lembaga|nama lembaga kesejahteraan sosial",
    "kabupaten": "kab kota|kabupaten kota|kabupaten|kota|kab|kabkota|nama kabupaten kota|nama kabupaten|nama kab kota",
    "kecamatan": "kecamatan|kec|nama kecamatan",
    "desa": "desa|kelurahan|desa kelurahan|desa kel|kel desa|kelurahan desa|nama desa|nama desa kelurahan|nama kelurahan",
    "kode_desa": "kode desa|kode desa kelurahan|kode kelurahan|kode wilayah|kode kemendagri|kemendagri kode desa|"
    "kemendagri kode desa kelurahan|kode kemendagri desa",
    "alamat": "alamat|alamat lengkap|alamat lembaga|alamat kantor|alamat panti|alamat lks|lokasi",
    "pemilik": "pemilik|kepemilikan|status kepemilikan|milik|status pemilik",
    "sejak": "sejak|berdiri|tanggal berdiri|tgl berdiri|mulai|tahun berdiri|tahun pendirian|tahun pembentukan|tahun dibentuk|"
    "tanggal dibentuk|tanggal pembentukan",
    "sampai": "tutup|tanggal tutup|tgl tutup|bubar|tanggal bubar|berakhir",
    "status": "status|keadaan|status kinerja|status aktif|aktif|keaktifan|kondisi|aktif tidak aktif",
    "lintang": "lintang|latitude|lat|garis lintang",
    "bujur": "bujur|longitude|lon|long|lng|garis bujur",
    "koordinat": "koordinat|titik koordinat|koordinat lat long|lat long|lat lon|lintang bujur|titik|gps",
    "rahasia": "rahasia|dirahasiakan",
    "sumber": "sumber|sumber data",
    "nomor_sk": "no sk|nomor sk|sk|sk nomor|sk no|no surat keputusan|nomor surat keputusan|no sk pengukuhan|no sk pendirian|"
    "nomor sk pengukuhan|nomor sk pendirian|surat keputusan",
    "tanggal_sk": "tgl sk|tanggal sk|sk tanggal|sk tgl|tanggal surat keputusan|tahun sk|sk tahun",
    "nomor_tanggal_sk": "no tgl sk|no tanggal sk|nomor tanggal sk|nomor dan tanggal sk|no dan tgl sk|no dan tanggal sk|sk no tgl|"
    "no dan tgl surat keputusan|nomor tgl sk",
    "masa_sk": "masa bakti|masa berlaku sk|masa bhakti|masa kepengurusan|periode kepengurusan",
}  # fmt: skip

_BERSURAT = {
    "nomor_tanda_daftar": "nomor tanda daftar|no tanda daftar|tanda daftar|nomor izin operasional|no izin operasional|nomor "
    "registrasi|no registrasi|nomor tanda pendaftaran|no tanda pendaftaran|no izin|nomor izin|no tanda daftar lks",
    "tanggal_tanda_daftar": "tanggal tanda daftar|tgl tanda daftar|berlaku sejak|mulai berlaku|tanggal izin operasional|"
    "tgl izin operasional|berlaku mulai|tahun tanda daftar",
    "masa_tanda_daftar": "masa berlaku|masa berlaku tanda daftar|berlaku sampai|berlaku s d|masa berlaku s d|masa berlaku izin|"
    "masa berlaku sampai|berlaku hingga|tanggal berakhir tanda daftar|masa berlaku izin operasional|berlaku sampai dengan",
    "akreditasi": "akreditasi|nilai akreditasi|peringkat akreditasi|hasil akreditasi|status akreditasi|akreditasi peringkat|"
    "akreditasi nilai|grade|akreditasi grade|grade akreditasi",
    "mulai_akreditasi": "tahun akreditasi|tanggal akreditasi|tgl akreditasi|akreditasi tahun|akreditasi tanggal|akreditasi sejak",
    "masa_akreditasi": "masa berlaku akreditasi|akreditasi sampai|akreditasi berlaku sampai|akreditasi masa berlaku",
    "nomor_akreditasi": "no sertifikat akreditasi|nomor sertifikat akreditasi|nomor akreditasi|no akreditasi|no sertifikat|"
    "nomor sertifikat|akreditasi nomor|akreditasi no",
}  # fmt: skip


def _orang(medan: str, *sebutan: str, lain: Mapping[str, str] | None = None) -> dict[str, str]:
    """Columns that count people, by sex and in all. `sebutan`: what they are called; none: as the field. `lain`: more
    headers, by the ending of the field."""
    pola = {
        "_l": "{0} l|{0} laki laki|{0} laki|{0} lk|{0} pria|jumlah {0} l|jumlah {0} laki laki|jumlah {0} lk",
        "_p": "{0} p|{0} perempuan|{0} pr|{0} wanita|jumlah {0} p|jumlah {0} perempuan|jumlah {0} pr",
        "": "{0}|jumlah {0}|jml {0}|{0} jumlah|{0} jml|total {0}|{0} total|jumlah {0} jumlah|jumlah {0} jml|jumlah {0} total",
        "/": "{0} l p|jumlah {0} l p|{0} lk pr|{0} laki laki perempuan",
    }
    hasil = {medan + akhir: [p.format(s) for s in sebutan or (medan,)] for akhir, p in pola.items()}
    for akhir, semua in (lain or {}).items():
        hasil[medan + akhir].append(semua)
    return {m: "|".join(semua) for m, semua in hasil.items()}


_KLIEN = _orang(
    "klien", "klien", "penghuni", "warga binaan", "anak asuh", "penerima manfaat",
    lain={
        "_l": "laki laki|laki|l|lk|jumlah laki laki",
        "_p": "perempuan|p|pr|jumlah perempuan|wanita",
        "": "jumlah|jml|total|jumlah anak",
        "/": "laki laki perempuan|l p",
    },
)  # fmt: skip
_DAYA = {"daya_tampung": "daya tampung|kuota|kapasitas|kapasitas tampung|kapasitas orang|daya tampung orang"}
_SASARAN = {
    "sasaran": "sasaran|sasaran layanan|sasaran pelayanan|jenis sasaran|jenis ppks|ppks|jenis klien|jenis panti|kelompok sasaran"
}
_BIDANG = {
    "bidang": "bidang|bidang pelayanan|jenis pelayanan|bidang layanan|bidang kegiatan|jenis layanan|jenis kegiatan"
}
_KETUA = {
    "ketua": "ketua|nama ketua|pimpinan|nama pimpinan|kepala|nama kepala|kepala panti|ketua lembaga|ketua lks|pengurus ketua|"
    "penanggung jawab|nama penanggung jawab",
    "ketua_setuju": "ketua setuju|setuju|persetujuan|persetujuan ketua|izin ketua|izin nama|setuju nama dibuka|"
    "persetujuan nama dibuka",
}
_CAKUPAN = {
    "cakupan": "cakupan|lingkup|lingkup wilayah|lingkup wilayah kerja|wilayah kerja|jenis lks|lingkup lks|cakupan lks"
}
_PETUGAS = {
    "sejak": "tahun",
    "petugas_depan": "front office|fo|petugas fo|petugas depan|petugas front office|jumlah fo|jumlah front office",
    "petugas_belakang": "back office|bo|petugas bo|petugas belakang|petugas back office|jumlah bo|jumlah back office",
    "pengaduan_masuk": "pengaduan masuk|jumlah pengaduan|pengaduan|pengaduan yang masuk|jumlah pengaduan masuk",
    "pengaduan_selesai": "pengaduan selesai|pengaduan yang selesai|selesai|jumlah pengaduan selesai|pengaduan ditangani",
}

_KHUSUS: dict[str, tuple[dict[str, str], ...]] = {
    "LKS": (_BERSURAT, _KLIEN, _DAYA, _SASARAN, _BIDANG, _KETUA, _CAKUPAN),
    "PANTI": (_BERSURAT, _KLIEN, _DAYA, _SASARAN, _BIDANG, _KETUA, _CAKUPAN),
    "LK3": (_BERSURAT, _KLIEN, _BIDANG),
    "RUMAH_SINGGAH": (_BERSURAT, _KLIEN, _DAYA, _SASARAN),
    "SLRT": (_PETUGAS, {"sekretariat": "sekretariat|lokasi sekretariat|alamat sekretariat", "sumber_dana": "sumber dana|dana|anggaran|sumber anggaran|pendanaan"}),
    "PUSKESOS": (_PETUGAS, {"pengelola": "pengelola|lembaga pengelola|dikelola oleh"}),
    "GUDANG_BENCANA": (
        {
            "tingkat_gudang": "tingkat|tingkat gudang|level|jenis gudang",
            "luas_m2": "luas|luas m2|luas gudang|luas gudang m2|luas bangunan|luas bangunan m2|luas m",
            "kapasitas_m3": "kapasitas|kapasitas m3|volume|volume m3|kapasitas gudang|kapasitas gudang m3|kapasitas m",
        },
    ),
    "KAMPUNG_SIAGA_BENCANA": (
        {"lumbung": "lumbung|lumbung sosial|ada lumbung", "gardu": "gardu|gardu sosial|ada gardu"},
        _orang("anggota"),
    ),
    "KARANG_TARUNA": (
        _orang("anggota"),
        _orang("pengurus"),
        {"klasifikasi": "klasifikasi|klasifikasi karang taruna|kategori|tipe|tipe karang taruna|klasifikasi kt|tingkat"},
    ),
}  # fmt: skip

# of people
_SEBUTAN_PRIBADI = (
    "hp|no hp|nomor hp|telepon|telp|no telepon|no telp|nomor telepon|tlp|no tlp|wa|no wa|nomor wa|whatsapp|kontak|no kontak|"
    "contact person|narahubung|nik|no ktp|nomor ktp|ktp|nik ketua|no kk|nomor kk|email|e mail|surel|tanggal lahir|tgl lahir|tempat "
    "lahir|tempat tanggal lahir|ttl|jenis kelamin|agama|pendidikan|umur|operator|nama operator|nama pengurus|sekretaris|nama "
    "sekretaris|bendahara|nama bendahara|wakil ketua|nama petugas|nama pendamping|pendamping|nia|no rekening|nomor rekening|"
    "rekening|hp ketua|no hp ketua|nama fo|nama bo|nama manajer|manajer|koordinator|nama koordinator|telepon ketua|"
    "no telp hp|no telepon hp|hp wa|no hp wa|telp hp"
)
_PRIBADI = frozenset(_SEBUTAN_PRIBADI.split("|"))
_ANAK_KATA = re.compile(
    r"laki laki|perempuan|pria|wanita|l|p|lk|pr|jml|jumlah|total|no|nomor|tgl|tanggal|tahun|peringkat|nilai|grade"
)
_TERATAS = 30  # rows in which a header is looked for
_MENGENALI = frozenset(("nama", "desa", "kode_desa", "kabupaten", "alamat", "id"))


@dataclass(frozen=True, slots=True)
class Tabel:
    """A sheet whose columns are known. `kolom`: place in the row → field; `sebutan`: field → header as written; `isi`:
    (row number from 1, cells) below the header; `kepala`: the header as written."""

    lembar: str
    kepala: list[str]
    kolom: Mapping[int, str]
    isi: list[tuple[int, list[str]]]
    sebutan: Mapping[str, str]
    temuan: list[Temuan] = field(default_factory=list)


def kunci_kepala(teks: str) -> str:
    return " ".join("".join(h if h.isalnum() else " " for h in teks.casefold()).split())


def ejaan(jenis: str) -> dict[str, str]:
    """Header as compared → field, for one kind of social resource."""
    hasil: dict[str, str] = {}
    for bagian in (_UMUM, *_KHUSUS[jenis]):
        for medan, semua in bagian.items():
            hasil |= dict.fromkeys(semua.split("|"), medan)
    return hasil


def baca_tabel(lembar: Lembar, jenis: str) -> Tabel | None:
    """The table in a sheet; None where no row of it is a header."""
    dikenal = ejaan(jenis)
    for nomor, baris in enumerate(lembar.baris[:_TERATAS]):
        medan = {dikenal.get(kunci_kepala(k)) for k in baris} - {None, "no"}
        if len(medan) < 2 or not medan & _MENGENALI:
            continue
        kepala, mulai = [" ".join(k.split()) for k in baris], nomor + 1
        bawah = lembar.baris[mulai] if mulai < len(lembar.baris) else []
        if _baris_kepala_kedua(bawah):
            kepala, mulai = _gabung(kepala, bawah), mulai + 1
        return _tabel(lembar, jenis, kepala, mulai, dikenal)
    return None


def _baris_kepala_kedua(baris: list[str]) -> bool:
    isi = [kunci_kepala(k) for k in baris if k.strip()]
    return len(isi) >= 2 and all(_ANAK_KATA.fullmatch(k) for k in isi)


def _gabung(atas: list[str], bawah: list[str]) -> list[str]:
    """ "Anggota" over "L" and "P" → "Anggota L", "Anggota P"."""
    hasil, induk = [], ""
    for i in range(max(len(atas), len(bawah))):
        a = atas[i] if i < len(atas) else ""
        b = " ".join(bawah[i].split()) if i < len(bawah) else ""
        induk = a or induk
        hasil.append(f"{induk} {b}" if b and kunci_kepala(b) != kunci_kepala(induk) else a)
    return hasil


def _tabel(lembar: Lembar, jenis: str, kepala: list[str], mulai: int, dikenal: Mapping[str, str]) -> Tabel:
    isi = [(n, b) for n, b in enumerate(lembar.baris[mulai:], mulai + 1) if any(c.strip() for c in b)]
    if isi and _nomor_kolom(isi[0][1]):
        isi = isi[1:]
    kolom: dict[int, str] = {}
    sebutan: dict[str, str] = {}
    temuan: list[Temuan] = []
    for i, k in enumerate(kepala):
        kunci = kunci_kepala(k)
        terisi = [(n, b[i]) for n, b in isi if i < len(b) and b[i].strip()]
        medan = dikenal.get(kunci)
        di = (Lokasi(lembar=lembar.nama, baris=mulai, kolom=k or f"ke-{i + 1}"),)
        if medan is not None and (medan not in sebutan or medan == "no"):
            kolom[i], sebutan[medan] = medan, k
        elif medan is not None:
            pesan = f'Kolom "{k}" ada dua kali ("{sebutan[medan]}" dan "{k}"); sisakan satu.'
            temuan.append(Temuan("KOLOM_GANDA", GALAT, pesan, nilai=k, lokasi=di))
        elif terisi and _pribadi(kunci):
            temuan.append(_tidak_disimpan(k, len(terisi), di))
        elif terisi:
            temuan.append(_tak_dikenal(k, kunci, len(terisi), jenis, dikenal, di))
    return Tabel(lembar.nama, kepala, kolom, isi, sebutan, temuan)


def _pribadi(kunci: str) -> bool:
    return kunci in _PRIBADI or kunci in _KETUA["ketua"].split("|") or kunci in _KETUA["ketua_setuju"].split("|")


def _tidak_disimpan(kolom: str, banyak: int, di: tuple[Lokasi, ...]) -> Temuan:
    pesan = f'Kolom "{kolom}" ({banyak} baris) berisi data pribadi; hub tidak menyimpannya.'
    return Temuan("DATA_PRIBADI", PERINGATAN, pesan, nilai=kolom, lokasi=di)


def data_pribadi(tabel: Tabel, medan: str, baris: Iterable[int]) -> Temuan | None:
    """The same for a column that is known and whose rows lack the consent it needs."""
    nomor = list(baris)
    if not nomor:
        return None
    kolom = tabel.sebutan[medan]
    pesan = (
        f'Kolom "{kolom}" ({len(nomor)} baris) berisi nama orang tanpa persetujuan; tidak disimpan. Nama ketua hanya disimpan '
        'bila kolom "Ketua Setuju" berisi ya.'
    )
    lokasi = tuple(Lokasi(lembar=tabel.lembar, baris=n, kolom=kolom) for n in nomor[:10])
    return Temuan("DATA_PRIBADI", PERINGATAN, pesan, nilai=kolom, lokasi=lokasi)


def _tak_dikenal(
    kolom: str, kunci: str, banyak: int, jenis: str, dikenal: Mapping[str, str], di: tuple[Lokasi, ...]
) -> Temuan:
    dekat = process.extractOne(kunci, list(dikenal), scorer=fuzz.ratio, score_cutoff=80) if kunci else None
    if not kunci:
        pesan = f"Kolom {di[0].kolom} tidak berkepala; {banyak} isinya tidak disimpan."
        return Temuan("KOLOM_TAK_DIKENAL", PERINGATAN, pesan, lokasi=di)
    saran = f' Mungkin maksudnya "{dekat[0]}".' if dekat else ""
    pesan = f'Kolom "{kolom}" tidak dikenal untuk {jenis}; {banyak} isinya tidak disimpan.{saran}'
    tingkat = PERINGATAN if dekat else INFO
    return Temuan("KOLOM_TAK_DIKENAL", tingkat, pesan, nilai=kolom, usulan=dekat[0] if dekat else None, lokasi=di)


def _nomor_kolom(baris: list[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    isi = [c.strip().strip("().") for c in baris if c.strip()]
    return len(isi) > 2 and isi == [str(n) for n in range(1, len(isi) + 1)]
