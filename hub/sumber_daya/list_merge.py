"""The draft that a row of a list becomes: alone, or laid over the row of the register that it is. Pure.

What a list does not say stays as it was; an empty cell takes nothing away.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.base.nama import kunci_nama
from hub.base.temuan import GALAT, PERINGATAN
from hub.sumber_daya.checks import ISIAN_JENIS, JUMLAH_ORANG
from hub.sumber_daya.draft import Isian, SumberDayaDraft, SuratDraft
from hub.sumber_daya.list_letters import kunci_nomor
from hub.sumber_daya.list_register import Terdaftar
from hub.sumber_daya.list_row import BarisBaca, SuratBaca
from hub.sumber_daya.statements import Surat
from hub.wilayah.daftar import Cocok

PEMILIK = {  # who owns one where the list does not say
    "LKS": "MASYARAKAT", "PANTI": "MASYARAKAT", "LK3": "MASYARAKAT", "RUMAH_SINGGAH": "MASYARAKAT", "SLRT": "KABUPATEN",
    "PUSKESOS": "DESA", "GUDANG_BENCANA": "KABUPATEN", "KAMPUNG_SIAGA_BENCANA": "DESA", "KARANG_TARUNA": "DESA",
}  # fmt: skip
_SEBUTAN = {"PUSKESOS": "Puskesos", "KAMPUNG_SIAGA_BENCANA": "KSB", "KARANG_TARUNA": "Karang Taruna"}  # one per desa
_SASARAN_DALAM_NAMA = (
    ("lanjut usia", re.compile(r"w[e]?r[e]?dha|werda|lansia|lanjut usia|jompo", re.IGNORECASE)),
    ("disabilitas", re.compile(r"disabilitas|difabel|cacat|tuna ?(netra|rungu|grahita|daksa|wicara|laras)|netra", re.IGNORECASE)),
    ("anak", re.compile(r"\banak\b|asuhan|yatim|balita|remaja", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anggapan:
    """What holds where a row does not say. `sejak` None: nothing was named for the list; `berkas`: its name."""

    hari_ini: date
    sejak: date | None
    berkas: str


def nama_baris(b: BarisBaca) -> str | None:
    """The name; None where the list names none and its kind is told by its desa."""
    return b.tulis.get("nama") or (None if b.jenis in _SEBUTAN else "")


def draft_dari(b: BarisBaca, desa: Cocok, lama: Terdaftar | None, anggap: Anggapan) -> SumberDayaDraft:
    return _baru(b, desa, anggap) if lama is None else _di_atas(b, desa, lama, anggap)


def _baru(b: BarisBaca, desa: Cocok, anggap: Anggapan) -> SumberDayaDraft:
    nama = b.tulis.get("nama") or (f"{_SEBUTAN[b.jenis]} {desa.nama}" if b.jenis in _SEBUTAN else "")
    isi: dict[str, Isian] = {k: _isian(v) for k in ISIAN_JENIS[b.jenis] if (v := b.nilai.get(k)) is not None}
    if b.jenis == "PANTI" and "sasaran" not in isi:
        _sasaran(b, nama, isi)
    surat = tuple(_surat_baru(s) for s in b.surat if s.sejak is not None)
    terawal = min((s.sejak for s in surat), default=None)
    sejak = _hari(b, "sejak") or anggap.sejak or terawal or anggap.hari_ini
    sampai = _sampai(b, None, anggap)
    if sampai is not None and sampai <= sejak and "sejak" not in b.nilai:
        pesan = (
            f"Sudah tidak ada sejak {sampai}, tetapi sejak kapan ada tidak ditulis; isi kolom Sejak atau Tahun Berdiri."
        )
        b.catat("SEJAK_KOSONG", GALAT, pesan, "sampai" if "sampai" in b.tulis else "status")
        sampai = None
    return SumberDayaDraft(
        b.jenis, nama, str(b.nilai.get("pemilik") or PEMILIK[b.jenis]), desa.kode, sejak,
        sampai=sampai, alamat=_teks(b, "alamat"), titik=_geojson(b.titik),
        rahasia=b.nilai.get("rahasia") is True, sumber=_teks(b, "sumber") or anggap.berkas, isi=isi, surat=surat or None,
        lembar=b.lembar, baris=b.baris, kolom=_kolom(b),
    )  # fmt: skip


def _di_atas(b: BarisBaca, desa: Cocok, lama: Terdaftar, anggap: Anggapan) -> SumberDayaDraft:
    dulu = lama.isi
    isi: dict[str, Isian] = {k: dulu[k] for k in ISIAN_JENIS[b.jenis]}
    isi |= {k: _isian(v) for k, v in b.nilai.items() if k in isi}
    for apa in JUMLAH_ORANG:
        _jumlah(apa, b.nilai, isi)
    rahasia = bool(b.nilai.get("rahasia", dulu["rahasia"]))
    nama = b.tulis.get("nama") or dulu["nama"]
    if kunci_nama(nama) == kunci_nama(dulu["nama"]):
        nama = dulu["nama"]
    return SumberDayaDraft(
        b.jenis, nama, str(b.nilai.get("pemilik") or dulu["pemilik"]), desa.kode, _hari(b, "sejak") or dulu["sejak"],
        str(lama.kunci), lama.versi, sampai=_sampai(b, lama, anggap), alamat=_teks(b, "alamat") or dulu["alamat"],
        titik=_geojson(b.titik or (None if rahasia else lama.titik)), rahasia=rahasia,
        contoh=dulu["contoh"], sumber=_teks(b, "sumber") or dulu["sumber"], isi=isi, surat=_surat(b, lama), lembar=b.lembar,
        baris=b.baris, kolom=_kolom(b),
    )  # fmt: skip


def _kolom(b: BarisBaca) -> dict[str, str]:
    """Fields as the list calls its columns; a paper by the column that says most of it."""
    surat = next((b.kolom[k] for k in _KOLOM_SURAT if k in b.tulis), "surat")
    desa = next((b.kolom[k] for k in ("kode_desa", "desa", "alamat") if k in b.tulis), "desa")
    titik = next((b.kolom[k] for k in ("koordinat", "lintang") if k in b.tulis), "titik")
    pasangan = {
        f"{apa}{ekor}": b.kolom[f"{apa}/"] for apa in JUMLAH_ORANG if f"{apa}/" in b.kolom for ekor in ("", "_l", "_p")
    }
    tak_ada = {k: k.replace("_", " ").title() for k in (*ISIAN_JENIS[b.jenis], "nama", "sampai")}
    return {**tak_ada, **pasangan, **b.kolom, "surat": surat, "desa": desa, "titik": titik}


_KOLOM_SURAT = ("masa_tanda_daftar", "nomor_tanda_daftar", "akreditasi", "nomor_tanggal_sk", "tanggal_sk", "nomor_sk")


def _jumlah(apa: str, baru: dict[str, Any], isi: dict[str, Isian]) -> None:
    """A newer number of all takes the place of older parts, and newer parts that of an older number of all."""
    bagian = (f"{apa}_l", f"{apa}_p")
    if apa not in isi:
        return
    if apa in baru and not set(bagian) & baru.keys():
        if sum(n for k in bagian if isinstance(n := isi[k], int)) != isi[apa]:
            isi.update(dict.fromkeys(bagian))
    elif apa not in baru and set(bagian) & baru.keys():
        isi[apa] = None


def _sampai(b: BarisBaca, lama: Terdaftar | None, anggap: Anggapan) -> date | None:
    dulu: date | None = lama.isi["sampai"] if lama else None
    tulis = _hari(b, "sampai")
    if tulis is not None:
        return tulis
    if b.aktif is False and (dulu is None or dulu > anggap.hari_ini):
        pesan = f"Statusnya tidak aktif; dicatat tidak ada lagi sejak {anggap.hari_ini}."
        b.catat("TIDAK_AKTIF", PERINGATAN, pesan, "status", str(anggap.hari_ini))
        return anggap.hari_ini
    if b.aktif is not False and dulu is not None and dulu <= anggap.hari_ini:
        pesan = (
            f"Di register sudah tidak ada sejak {dulu}, dan tetap begitu; bila ada lagi, ubah lewat simpanSumberDaya."
        )
        b.catat("SUDAH_DITUTUP", PERINGATAN, pesan, "status" if "status" in b.tulis else "nama", str(dulu))
    return dulu


def _sasaran(b: BarisBaca, nama: str, isi: dict[str, Isian]) -> None:
    for sasaran, pola in _SASARAN_DALAM_NAMA:
        if pola.search(nama):
            isi["sasaran"] = sasaran
            pesan = f'Sasaran tidak ditulis; dari namanya dianggap "{sasaran}".'
            b.catat("SASARAN_DARI_NAMA", PERINGATAN, pesan, "nama", sasaran)
            return


# ---------- papers ----------


def _surat_baru(s: SuratBaca) -> SuratDraft:
    assert s.sejak is not None
    return SuratDraft(s.jenis, s.sejak, s.sampai, s.nomor, s.peringkat)


def _surat(b: BarisBaca, lama: Terdaftar) -> tuple[SuratDraft, ...] | None:
    """All papers the row will have; None where the list has none."""
    if not any(s.sejak for s in b.surat):
        return None
    semua: list[Surat] = sorted(lama.surat, key=lambda s: (s[1], s[0]))
    for s in b.surat:
        if s.sejak is None:
            continue
        ada = next((x for x in semua if _sama(x, s)), None)
        sejak = ada[1] if ada is not None and s.dianggap else s.sejak
        nomor, cakupan = (s.nomor or ada[3], ada[5]) if ada is not None else (s.nomor, None)
        semua = [x for x in semua if x is not ada and (x[0], x[1]) != (s.jenis, sejak)]
        semua.append((s.jenis, sejak, s.sampai, nomor, s.peringkat, cakupan))
    return tuple(SuratDraft(*s) for s in semua)


def _sama(ada: Surat, s: SuratBaca) -> bool:
    """Whether a paper of the register is the one the list means."""
    if ada[0] != s.jenis:
        return False
    nomor = kunci_nomor(s.nomor)
    if nomor is not None and kunci_nomor(ada[3]) is not None:
        return nomor == kunci_nomor(ada[3])
    return ada[1] == s.sejak or (s.dianggap and ada[2] == s.sampai)


# ---------- values ----------


def _isian(nilai: Any) -> Isian:
    isi: Isian = nilai
    return isi


def _hari(b: BarisBaca, medan: str) -> date | None:
    nilai = b.nilai.get(medan)
    return nilai if isinstance(nilai, date) else None


def _teks(b: BarisBaca, medan: str) -> str | None:
    nilai = b.nilai.get(medan)
    return nilai if isinstance(nilai, str) else None


def _geojson(titik: tuple[float, float] | None) -> dict[str, object] | None:
    return None if titik is None else {"type": "Point", "coordinates": list(titik)}
