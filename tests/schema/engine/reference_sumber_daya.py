"""The reference resolver's part for social resources, their papers, and the warehouses' stock."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from tests.schema.engine.reference_pages import page

Baris = dict[str, Any]

TIPE_SUMBER_DAYA = {
    "PANTI": "Panti", "LKS": "Lks", "LK3": "Lk3", "RUMAH_SINGGAH": "RumahSinggah", "SLRT": "Slrt", "PUSKESOS": "Puskesos",
    "GUDANG_BENCANA": "GudangBencana", "KAMPUNG_SIAGA_BENCANA": "KampungSiagaBencana", "KARANG_TARUNA": "KarangTaruna",
}  # fmt: skip


class _Baca(Protocol):
    def __call__(self, perintah: str) -> list[Baris]: ...


class ReferenceSumberDaya:
    """A caller who reaches everything and has no region of his own. Ledgers are looked at as of now only."""

    hari_ini: date
    wilayah: list[Baris]

    def _muat_sumber_daya(self, semua: _Baca) -> None:
        # without hari_terakhir: infinity is no date of Python's
        (ada,) = semua(
            "SELECT string_agg(quote_ident(attname), ', ') AS k FROM pg_attribute "
            "WHERE attrelid = 'sumber_daya'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'hari_terakhir'"
        )
        self.sumber_daya = semua(f'SELECT {ada["k"]} FROM sumber_daya ORDER BY kode_desa COLLATE "C", id')
        self.surat = semua('SELECT * FROM surat_sumber_daya ORDER BY sejak DESC, jenis COLLATE "C"')
        self.barang = semua('SELECT * FROM barang ORDER BY urut, kode COLLATE "C"')
        self.stok = semua("SELECT * FROM stok")
        self.mutasi = semua("SELECT *, hub_hari(pada) AS hari FROM mutasi_stok ORDER BY urutan")
        self.bukti = semua("SELECT * FROM bukti_stok")
        self.minimum = semua("SELECT * FROM stok_minimum ORDER BY sejak")
        self.hari_kantor: date = semua("SELECT hub_hari(now()) AS d")[0]["d"]

    # ---------- Query ----------

    def _query_sumberDaya(self, _: Any, id: str) -> Baris | None:
        return next((self._lihat_sd(s) for s in self.sumber_daya if _id(s) == id.lower()), None)

    def _query_daftarSumberDaya(
        self,
        _: Any,
        saring: Baris | None = None,
        pada: str | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Baris:
        s = saring or {}
        isi = self.sumber_daya
        if pada is not None:
            hari = date.fromisoformat(pada)
            isi = [{**b, "acuan": hari} for b in isi if _ada(b, hari)]
        if (jenis := s.get("jenis")) is not None:
            isi = [b for b in isi if b["jenis"] in jenis]
        if (pemilik := s.get("pemilik")) is not None:
            isi = [b for b in isi if b["pemilik"] in pemilik]
        if (di := s.get("di")) is not None:
            isi = [b for b in isi if b["kode_desa"].replace(".", "").startswith(di.replace(".", ""))]
        if (aktif := s.get("aktif")) is not None:
            isi = [b for b in isi if _ada(b, self.hari_ini) == aktif]
        return page([self._lihat_sd(b) for b in isi], lambda b: (b["kode_desa"], str(b["id"])), first, after)

    def _query_daftarBarang(self, _: Any) -> list[Baris]:
        return self.barang

    def _wilayah_sumberDaya(self, w: Baris, jenis: list[str] | None = None) -> list[Baris]:
        return [
            {**s, "acuan": w["acuan"]}
            for s in self.sumber_daya
            if s["kode_desa"] == w["kode"] and _ada(s, w["acuan"]) and (jenis is None or s["jenis"] in jenis)
        ]

    # ---------- of every kind ----------

    def _lihat_sd(self, s: Baris) -> Baris:
        return {"acuan": min(s["sampai"] - timedelta(days=1) if s["sampai"] else date.max, self.hari_ini), **s}

    def _sumberdaya_id(self, s: Baris) -> str:
        return _id(s)

    def _sumberdaya_aktif(self, s: Baris) -> bool:
        return _ada(s, self.hari_ini)

    def _sumberdaya_desa(self, s: Baris) -> Baris:
        sama = [w for w in self.wilayah if w["kode"] == s["kode_desa"]]
        terakhir = [w["berlaku_sampai"] - timedelta(days=1) if w["berlaku_sampai"] else date.max for w in sama]
        kini = [w for w, t in zip(sama, terakhir, strict=True) if w["berlaku_sejak"] <= s["acuan"] <= t]
        satu = (kini or sorted(sama, key=lambda w: w["berlaku_sejak"]))[-1]
        return {**satu, "acuan": max(satu["berlaku_sejak"], min(terakhir[sama.index(satu)], s["acuan"]))}

    def _sumberdaya_surat(self, s: Baris, jenis: str | None = None) -> list[Baris]:
        return [t for t in self.surat if _pemilik(t, "id") == _kunci(s) and (jenis is None or t["jenis"] == jenis)]

    def _sumberdaya_terakreditasi(self, s: Baris, pada: str | None = None) -> bool:
        hari = date.fromisoformat(pada) if pada else self.hari_ini
        isi = self._sumberdaya_surat(s, "AKREDITASI")
        return any(t["sejak"] <= hari and (t["sampai"] is None or hari < t["sampai"]) for t in isi)

    def _sumberdaya_riwayat(self, s: Baris) -> list[Baris]:
        assert s["versi"] == 1, "here nothing was edited"
        return [{"versi": 1, "oleh": s["diubah_oleh"], "perubahan": []}]

    def _surat_terbaru(self, s: Baris, jenis: str, kolom: str) -> Any:
        isi = [t for t in self._sumberdaya_surat(s, jenis) if t["sejak"] <= self.hari_ini]
        nilai = isi[0][kolom] if isi else None
        return nilai.isoformat() if isinstance(nilai, date) else nilai

    # ---------- of some kinds ----------

    def _panti_klien(self, s: Baris) -> int:
        return _orang(s, "klien") or 0

    def _panti_jumlahKlien(self, s: Baris) -> int | None:
        return _orang(s, "klien")

    def _lks_jumlahKlien(self, s: Baris) -> int | None:
        return _orang(s, "klien")

    def _lk3_jumlahKlien(self, s: Baris) -> int | None:
        return _orang(s, "klien")

    def _rumahsinggah_jumlahKlien(self, s: Baris) -> int | None:
        return _orang(s, "klien")

    def _karangtaruna_jumlahAnggota(self, s: Baris) -> int | None:
        return _orang(s, "anggota")

    def _kampungsiagabencana_jumlahAnggota(self, s: Baris) -> int | None:
        return _orang(s, "anggota")

    def _karangtaruna_jumlahPengurus(self, s: Baris) -> int | None:
        return _orang(s, "pengurus")

    def _panti_sisaDaya(self, s: Baris) -> int:
        sisa: int = s["daya_tampung"] - self._panti_klien(s)
        return sisa

    def _lks_nomorTandaDaftar(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "TANDA_DAFTAR", "nomor")

    def _lks_berlakuSampai(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "TANDA_DAFTAR", "sampai")

    def _lks_akreditasi(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "AKREDITASI", "peringkat")

    def _lks_akreditasiSampai(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "AKREDITASI", "sampai")

    def _lks_ketua(self, s: Baris) -> Any:
        return s["ketua"] if s["ketua_setuju"] else None

    def _karangtaruna_nomorSk(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "SK", "nomor")

    def _karangtaruna_tanggalSk(self, s: Baris) -> Any:
        return self._surat_terbaru(s, "SK", "sejak")

    # ---------- the ledger ----------

    def _gudangbencana_stok(self, s: Baris, pada: None = None) -> list[Baris]:
        return [
            self._satu_barang(s, b)
            for b in self.barang
            if any(
                _pemilik(x, "gudang") == _kunci(s)
                and x["barang"] == b["kode"]
                and x.get("sejak", self.hari_kantor) <= self.hari_kantor
                for x in (*self.stok, *self.minimum)
            )
        ]

    def _satu_barang(self, s: Baris, b: Baris) -> Baris:
        def milik(isi: list[Baris]) -> list[Baris]:
            return [x for x in isi if _pemilik(x, "gudang") == _kunci(s) and x["barang"] == b["kode"]]

        hari = self.hari_kantor
        lot, buku = milik(self.stok), milik(self.mutasi)
        jumlah = sum((x["jumlah"] for x in lot), Decimal(0))
        lewat = sum((x["jumlah"] for x in lot if x["kedaluwarsa"] and x["kedaluwarsa"] <= hari), Decimal(0))
        sebulan = hari + timedelta(days=30)
        segera = sum((x["jumlah"] for x in lot if x["kedaluwarsa"] and hari < x["kedaluwarsa"] <= sebulan), Decimal(0))
        minimum = next((m["jumlah"] for m in reversed(milik(self.minimum)) if m["sejak"] <= hari), Decimal(0))
        keluar = -sum(
            (
                m["jumlah"]
                for m in buku
                if m["jenis"] in ("KELUAR", "PINDAH_KELUAR") and m["hari"] > hari - timedelta(days=90)
            ),
            Decimal(0),
        )
        umur = min(90, max(30, (hari - min(m["hari"] for m in buku)).days + 1)) if buku else 30
        laju, layak = keluar / umur, jumlah - lewat
        tingkat = "AMAN"
        if layak - segera < minimum or layak < laju * 30:
            tingkat = "MENIPIS"
        if layak * 2 < minimum or layak < laju * 7:
            tingkat = "KRITIS"
        if layak <= 0 and (minimum > 0 or laju > 0):
            tingkat = "KOSONG"
        return {
            "kode": b["kode"], "barang": b["nama"], "satuan": b["satuan"], "jumlah": jumlah, "minimum": minimum, "layak": layak,
            "kedaluwarsa": lewat, "kesehatan": tingkat, "hari_tersisa": float((layak / laju).quantize(Decimal("0.1"), ROUND_HALF_UP)) if laju else None,
            "lot": sorted((x for x in lot if x["jumlah"]), key=_urut_lot), "tercatat": bool(lot),
        }  # fmt: skip

    def _lotstok_lot(self, x: Baris) -> str | None:
        return x["lot"] or None

    def _gudangbencana_kesehatan(self, s: Baris, pada: None = None) -> str:
        isi = self._gudangbencana_stok(s)
        if not any(b["tercatat"] for b in isi):
            return "TIDAK_ADA_DATA"
        if sum(b["layak"] for b in isi) == 0:
            return "KOSONG"
        terburuk = max(("AMAN", "MENIPIS", "KRITIS", "KOSONG").index(b["kesehatan"]) for b in isi)
        return ("AMAN", "MENIPIS", "KRITIS", "KRITIS")[terburuk]

    def _gudangbencana_mutasi(
        self, s: Baris, barang: str | None = None, first: int | None = 50, after: str | None = None
    ) -> Baris:
        isi = [m for m in self.mutasi if _pemilik(m, "gudang") == _kunci(s) and barang in (None, m["barang"])]
        return page(isi, lambda m: (m["urutan"],), first, after)

    def _mutasistok_kodeBarang(self, m: Baris) -> Any:
        return m["barang"]

    def _mutasistok_barang(self, m: Baris) -> Any:
        return next(b["nama"] for b in self.barang if b["kode"] == m["barang"])

    def _mutasistok_satuan(self, m: Baris) -> Any:
        return next(b["satuan"] for b in self.barang if b["kode"] == m["barang"])

    def _mutasistok_lot(self, m: Baris) -> str | None:
        return m["lot"] or None

    def _mutasistok_lawan(self, m: Baris) -> Baris | None:
        sana = (m["lawan_kab"], m["lawan_gudang"])
        return next((self._lihat_sd(s) for s in self.sumber_daya if _kunci(s) == sana), None)

    def _mutasistok_bukti(self, m: Baris) -> Baris | None:
        return next((b for b in self.bukti if (b["kode_kab"], b["id"]) == (m["kode_kab"], m["bukti"])), None)


def _orang(s: Baris, apa: str) -> int | None:
    """All of them, else those of the sexes that are known."""
    bagian = [n for n in (s[f"{apa}_l"], s[f"{apa}_p"]) if n is not None]
    semua: int | None = s[apa]
    return semua if semua is not None else sum(bagian) if bagian else None


def _ada(s: Baris, hari: date) -> bool:
    return bool(s["sejak"] <= hari and (s["sampai"] is None or hari < s["sampai"]))


def _id(s: Baris) -> str:
    return f"{s['kode_kab']}:{s['id']}"


def _kunci(s: Baris) -> tuple[str, Any]:
    return s["kode_kab"], s["id"]


def _pemilik(x: Baris, kolom: str) -> tuple[str, Any]:
    return x["kode_kab"], x[kolom]


def _urut_lot(x: Baris) -> tuple[Any, ...]:
    return (x["kedaluwarsa"] or date.max, x["lot"].encode(), x["sumber_dana"])
