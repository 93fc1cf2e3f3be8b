"""Which row of the register the row of a list is. Pure: the register comes as an argument.

By the registration number within the kabupaten, by a decree's number within the desa, else by the name in the desa; a list
that does not say the desa may name one that only one row there bears.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from hub.base.id_publik import IdPublik
from hub.base.nama import kunci_nama
from hub.base.temuan import GALAT, PERINGATAN
from hub.sumber_daya.list_letters import kunci_nomor
from hub.sumber_daya.list_row import BarisBaca
from hub.sumber_daya.statements import Surat
from hub.wilayah.daftar import Cocok

_MIRIP = 88  # of 100: names so alike may be one


@dataclass(frozen=True, slots=True)
class Terdaftar:
    """A row of the register. `isi`: its columns; `titik`: longitude and latitude."""

    kunci: IdPublik
    versi: int
    isi: dict[str, Any]
    titik: tuple[float, float] | None
    surat: frozenset[Surat]

    @property
    def jenis(self) -> str:
        return str(self.isi["jenis"])

    @property
    def berdiri(self) -> bool:
        return self.isi["sampai"] is None


class Register:
    """`kode_kini`: a desa's code of any time → the one in force."""

    def __init__(self, baris: Iterable[Terdaftar], kode_kini: Callable[[str], str]) -> None:
        self._nama_desa: dict[tuple[str, str, str], list[Terdaftar]] = defaultdict(list)
        self._nama: dict[tuple[str, str, str], list[Terdaftar]] = defaultdict(list)
        self._desa: dict[tuple[str, str], list[Terdaftar]] = defaultdict(list)
        self._nomor: dict[tuple[str, str, str, str], list[Terdaftar]] = defaultdict(list)
        self._id: dict[str, Terdaftar] = {}
        for t in baris:
            desa, nama = kode_kini(t.isi["kode_desa"]), kunci_nama(t.isi["nama"])
            self._id[str(t.kunci)] = t
            self._nama_desa[t.jenis, desa, nama].append(t)
            self._nama[t.jenis, t.kunci.kode_kab, nama].append(t)
            self._desa[t.jenis, desa].append(t)
            for s in t.surat:
                if nomor := kunci_nomor(s[3]):
                    di = t.kunci.kode_kab if s[0] == "TANDA_DAFTAR" else desa
                    self._nomor[t.jenis, s[0], di, nomor].append(t)

    def bernama(self, jenis: str, desa: str, nama: str) -> Terdaftar | None:
        """Of that name in that desa; one that stands before one that is gone."""
        sama = self._nama_desa.get((jenis, desa, kunci_nama(nama)), [])
        return next((t for t in sama if t.berdiri), sama[0] if sama else None)

    def cari(self, b: BarisBaca, kode_kab: str, desa: Cocok | None, nama: str | None) -> Terdaftar | None:
        """The row that a row of a list is; None: a new one, or, with a finding, one that cannot be told."""
        if "id" in b.tulis:
            return self._dari_id(b)
        lewat_nomor = self._lewat_nomor(b, kode_kab, desa)
        lewat_nama = self._lewat_nama(b, kode_kab, desa, nama)
        if lewat_nomor is None:
            if lewat_nama is None and desa is not None and nama:
                self._mirip(b, desa, nama)
            return lewat_nama
        if lewat_nama is not None and lewat_nama.kunci != lewat_nomor.kunci:
            pesan = (
                f"Nomornya milik {lewat_nomor.isi['nama']} ({lewat_nomor.kunci}), namanya milik {lewat_nama.isi['nama']} "
                f"({lewat_nama.kunci}); perbaiki salah satunya."
            )
            b.catat("NOMOR_MILIK_LAIN", GALAT, pesan, "nomor_tanda_daftar")
            return None
        if nama and kunci_nama(nama) != kunci_nama(lewat_nomor.isi["nama"]):
            pesan = f'Nomornya milik "{lewat_nomor.isi["nama"]}"; dibaca sebagai ganti nama menjadi "{nama}".'
            b.catat("GANTI_NAMA", PERINGATAN, pesan, "nama", str(lewat_nomor.kunci))
        return lewat_nomor

    def _dari_id(self, b: BarisBaca) -> Terdaftar | None:
        ada = self._id.get(b.tulis["id"])
        if ada is None:
            b.catat("ID_TAK_DIKENAL", GALAT, f"Tidak ada {b.jenis} dengan id {b.tulis['id']} di sini.", "id")
        return ada

    def _lewat_nomor(self, b: BarisBaca, kode_kab: str, desa: Cocok | None) -> Terdaftar | None:
        for s in b.surat:
            nomor = kunci_nomor(s.nomor)
            di = kode_kab if s.jenis == "TANDA_DAFTAR" else desa.kode if desa else None
            if nomor is None or di is None:
                continue
            sama = self._nomor.get((b.jenis, s.jenis, di, nomor), [])
            if len({t.kunci for t in sama}) == 1:
                return sama[0]
        return None

    def _lewat_nama(self, b: BarisBaca, kode_kab: str, desa: Cocok | None, nama: str | None) -> Terdaftar | None:
        if desa is not None and nama is None:  # a list that names no institutions, one per desa
            sama = self._desa.get((b.jenis, desa.kode), [])
        elif desa is not None:
            sama = self._nama_desa.get((b.jenis, desa.kode, kunci_nama(nama or "")), [])
        elif nama:
            sama = self._nama.get((b.jenis, kode_kab, kunci_nama(nama)), [])
        else:
            return None
        berdiri = [t for t in sama if t.berdiri] or sama
        if len(berdiri) > 1:
            sebut = "; ".join(f"{t.isi['nama']} ({t.kunci})" for t in berdiri[:3])
            pesan = f"Register memuat {len(berdiri)} yang cocok: {sebut}. Tulis id-nya dalam kolom ID."
            b.catat("RANGKAP_DI_REGISTER", GALAT, pesan, "nama", sebut)
            return None
        return berdiri[0] if berdiri else None

    def _mirip(self, b: BarisBaca, desa: Cocok, nama: str) -> None:
        kunci = kunci_nama(nama)
        for t in self._desa.get((b.jenis, desa.kode), ()):
            if fuzz.ratio(kunci, kunci_nama(t.isi["nama"])) >= _MIRIP:
                pesan = f'Mirip dengan "{t.isi["nama"]}" ({t.kunci}) yang sudah terdaftar di {desa.nama}; dicatat sebagai baru.'
                b.catat("MIRIP_TERDAFTAR", PERINGATAN, pesan, "nama", str(t.kunci))
                return
