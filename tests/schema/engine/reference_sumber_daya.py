"""The reference resolver's part for social resources, their papers, and the warehouses' stock."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from hub.base.periode import Periode
from tests.schema.engine.reference_pages import page

Row = dict[str, Any]

SUMBER_DAYA_TYPES = {
    "PANTI": "Panti", "LKS": "Lks", "LK3": "Lk3", "RUMAH_SINGGAH": "RumahSinggah", "SLRT": "Slrt", "PUSKESOS": "Puskesos",
    "GUDANG_BENCANA": "GudangBencana", "KAMPUNG_SIAGA_BENCANA": "KampungSiagaBencana", "KARANG_TARUNA": "KarangTaruna",
}  # fmt: skip


def letters(text: str) -> str:
    return "".join(h for h in text.lower() if h.isascii() and h.isalnum())


class ReadRows(Protocol):
    def __call__(self, statement: str) -> list[Row]: ...


class ReferenceSumberDaya:
    """A caller who reaches everything and has no region of his own. Ledgers are looked at as of now only."""

    today: date
    wilayah: list[Row]
    rekap: list[Row]

    def _load_sumber_daya(self, read: ReadRows) -> None:
        # without hari_terakhir: infinity is no date of Python's
        (columns,) = read(
            "SELECT string_agg(quote_ident(attname), ', ') AS k FROM pg_attribute "
            "WHERE attrelid = 'sumber_daya'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'hari_terakhir'"
        )
        self.sumber_daya = read(f'SELECT {columns["k"]} FROM sumber_daya ORDER BY kode_desa COLLATE "C", id')
        self.surat = read('SELECT * FROM surat_sumber_daya ORDER BY sejak DESC, jenis COLLATE "C"')
        self.barang = read('SELECT * FROM barang ORDER BY urut, kode COLLATE "C"')
        self.stok = read("SELECT * FROM stok")
        self.movements = read("SELECT *, hub_hari(pada) AS hari FROM mutasi_stok ORDER BY urutan")
        self.evidence = read("SELECT * FROM bukti_stok")
        self.minimum = read("SELECT * FROM stok_minimum ORDER BY sejak")
        self.office_today: date = read("SELECT hub_hari(now()) AS d")[0]["d"]

    # ---------- Query ----------

    def _query_sumberDaya(self, _: Any, id: str) -> Row | None:
        return next((self._seen_sumber_daya(s) for s in self.sumber_daya if _id(s) == id.lower()), None)

    def _query_daftarSumberDaya(
        self,
        _: Any,
        saring: Row | None = None,
        pada: str | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Row:
        s = saring or {}
        rows = self.sumber_daya
        if pada is not None:
            day = date.fromisoformat(pada)
            rows = [{**b, "acuan": day} for b in rows if _stands_on(b, day)]
        if (kinds := s.get("jenis")) is not None:
            rows = [b for b in rows if b["jenis"] in kinds]
        if (owners := s.get("pemilik")) is not None:
            rows = [b for b in rows if b["pemilik"] in owners]
        if (region := s.get("di")) is not None:
            rows = [b for b in rows if b["kode_desa"].replace(".", "").startswith(region.replace(".", ""))]
        if (year := s.get("pindahApbdSampai")) is not None:
            rows = [b for b in rows if (moves := _moves_to_apbd(b)) is not None and moves <= year]
        if (active := s.get("aktif")) is not None:
            rows = [b for b in rows if _stands_on(b, self.today) == active]
        if (name := s.get("nama")) is not None:
            rows = [b for b in rows if letters(name) in letters(b["nama"])]
        if (accredited := s.get("terakreditasi")) is not None:
            rows = [b for b in rows if self._sumberdaya_terakreditasi(b) == accredited]
        if (last_day := s.get("suratBerakhirSampai")) is not None:
            rows = [b for b in rows if self._has_ended(b, date.fromisoformat(last_day))]
        return page([self._seen_sumber_daya(b) for b in rows], lambda b: (b["kode_desa"], str(b["id"])), first, after)

    def _query_daftarBarang(self, _: Any) -> list[Row]:
        return self.barang

    def _wilayah_sumberDaya(self, w: Row, jenis: list[str] | None = None) -> list[Row]:
        return [
            {**s, "acuan": w["acuan"]}
            for s in self.sumber_daya
            if w["kode"] in (s["kode_desa"], s["kode_kab"])
            and _stands_on(s, w["acuan"])
            and (jenis is None or s["jenis"] in jenis)
        ]

    def _wilayah_rekap(self, w: Row, formulir: list[str] | None = None, periode: list[str] | None = None) -> list[Row]:
        asked = (("formulir", formulir), ("periode", periode))
        return [r for r in self.rekap if r["kode_kab"] == w["kode"] and all(v is None or r[k] in v for k, v in asked)]

    def _wilayah_gudang(self, w: Row) -> list[Row]:
        return self._wilayah_sumberDaya(w, ["GUDANG_BENCANA"])

    # ---------- of every kind ----------

    def _seen_sumber_daya(self, s: Row) -> Row:
        return {"acuan": min(s["sampai"] - timedelta(days=1) if s["sampai"] else date.max, self.today), **s}

    def _sumberdaya_id(self, s: Row) -> str:
        return _id(s)

    def _sumberdaya_aktif(self, s: Row) -> bool:
        return _stands_on(s, self.today)

    def _sumberdaya_desa(self, s: Row) -> Row:
        same = [w for w in self.wilayah if w["kode"] == s["kode_desa"]]
        last_days = [w["berlaku_sampai"] - timedelta(days=1) if w["berlaku_sampai"] else date.max for w in same]
        current = [w for w, t in zip(same, last_days, strict=True) if w["berlaku_sejak"] <= s["acuan"] <= t]
        one = (current or sorted(same, key=lambda w: w["berlaku_sejak"]))[-1]
        return {**one, "acuan": max(one["berlaku_sejak"], min(last_days[same.index(one)], s["acuan"]))}

    def _sumberdaya_surat(self, s: Row, jenis: str | None = None) -> list[Row]:
        return [t for t in self.surat if _owner_key(t, "id") == _key(s) and (jenis is None or t["jenis"] == jenis)]

    def _sumberdaya_terakreditasi(self, s: Row, pada: str | None = None) -> bool:
        day = date.fromisoformat(pada) if pada else self.today
        rows = self._sumberdaya_surat(s, "AKREDITASI")
        return any(t["sejak"] <= day and (t["sampai"] is None or day < t["sampai"]) for t in rows)

    def _has_ended(self, s: Row, day: date) -> bool:
        newest = {t["jenis"]: t for t in reversed(self._sumberdaya_surat(s))}
        return any(t["sampai"] is not None and t["sampai"] <= day for t in newest.values())

    def _sumberdaya_riwayat(self, s: Row) -> list[Row]:
        assert s["versi"] == 1, "here nothing was edited"
        return [{"versi": 1, "oleh": s["diubah_oleh"], "perubahan": []}]

    def _newest_surat(self, s: Row, kind: str, column: str) -> Any:
        rows = [t for t in self._sumberdaya_surat(s, kind) if t["sejak"] <= self.today]
        nilai = rows[0][column] if rows else None
        return nilai.isoformat() if isinstance(nilai, date) else nilai

    # ---------- of some kinds ----------

    def _panti_klien(self, s: Row) -> int:
        return _people(s, "klien") or 0

    def _panti_jumlahKlien(self, s: Row) -> int | None:
        return _people(s, "klien")

    def _lks_jumlahKlien(self, s: Row) -> int | None:
        return _people(s, "klien")

    def _lk3_jumlahKlien(self, s: Row) -> int | None:
        return _people(s, "klien")

    def _rumahsinggah_jumlahKlien(self, s: Row) -> int | None:
        return _people(s, "klien")

    def _karangtaruna_jumlahAnggota(self, s: Row) -> int | None:
        return _people(s, "anggota")

    def _kampungsiagabencana_jumlahAnggota(self, s: Row) -> int | None:
        return _people(s, "anggota")

    def _karangtaruna_jumlahPengurus(self, s: Row) -> int | None:
        return _people(s, "pengurus")

    def _slrt_pindahApbd(self, s: Row) -> int | None:
        return _moves_to_apbd(s)

    def _puskesos_pindahApbd(self, s: Row) -> int | None:
        return _moves_to_apbd(s)

    def _slrt_pengaduan(self, s: Row, periode: list[str]) -> list[Row]:
        """Nobody has told complaints of any desa there."""
        days = {p: Periode.read(p).last_day for p in periode}
        states = {p: "TIDAK_ADA_DATA" if _stands_on(s, day) else "TIDAK_BERLAKU" for p, day in days.items()}
        return [
            {"periode": p, "masuk": None, "status_masuk": state, "selesai": None, "status_selesai": state}
            for p, state in states.items()
        ]

    def _puskesos_pengaduan(self, s: Row, periode: list[str]) -> list[Row]:
        return self._slrt_pengaduan(s, periode)

    def _panti_sisaDaya(self, s: Row) -> int:
        free: int = s["daya_tampung"] - self._panti_klien(s)
        return free

    def _lks_nomorTandaDaftar(self, s: Row) -> Any:
        return self._newest_surat(s, "TANDA_DAFTAR", "nomor")

    def _lks_berlakuSampai(self, s: Row) -> Any:
        return self._newest_surat(s, "TANDA_DAFTAR", "sampai")

    def _lks_akreditasi(self, s: Row) -> Any:
        return self._newest_surat(s, "AKREDITASI", "peringkat")

    def _lks_akreditasiSampai(self, s: Row) -> Any:
        return self._newest_surat(s, "AKREDITASI", "sampai")

    def _panti_ketua(self, s: Row) -> Any:
        return self._lks_ketua(s)

    def _lks_ketua(self, s: Row) -> Any:
        return s["ketua"] if s["ketua_setuju"] else None

    def _karangtaruna_nomorSk(self, s: Row) -> Any:
        return self._newest_surat(s, "SK", "nomor")

    def _karangtaruna_tanggalSk(self, s: Row) -> Any:
        return self._newest_surat(s, "SK", "sejak")

    # ---------- the ledger ----------

    def _gudangbencana_stok(self, s: Row, pada: None = None) -> list[Row]:
        return [
            self._one_barang(s, b)
            for b in self.barang
            if any(
                _owner_key(x, "gudang") == _key(s)
                and x["barang"] == b["kode"]
                and x.get("sejak", self.office_today) <= self.office_today
                for x in (*self.stok, *self.minimum)
            )
        ]

    def _one_barang(self, s: Row, b: Row) -> Row:
        def of_this(rows: list[Row]) -> list[Row]:
            return [x for x in rows if _owner_key(x, "gudang") == _key(s) and x["barang"] == b["kode"]]

        day = self.office_today
        lot, ledger = of_this(self.stok), of_this(self.movements)
        amount = sum((x["jumlah"] for x in lot), Decimal(0))
        expired = sum((x["jumlah"] for x in lot if x["kedaluwarsa"] and x["kedaluwarsa"] <= day), Decimal(0))
        in_a_month = day + timedelta(days=30)
        soon = sum((x["jumlah"] for x in lot if x["kedaluwarsa"] and day < x["kedaluwarsa"] <= in_a_month), Decimal(0))
        minimum = next((m["jumlah"] for m in reversed(of_this(self.minimum)) if m["sejak"] <= day), Decimal(0))
        issued = -sum(
            (
                m["jumlah"]
                for m in ledger
                if m["jenis"] in ("KELUAR", "PINDAH_KELUAR") and m["hari"] > day - timedelta(days=90)
            ),
            Decimal(0),
        )
        age = min(90, max(30, (day - min(m["hari"] for m in ledger)).days + 1)) if ledger else 30
        rate, usable = issued / age, amount - expired
        health = "AMAN"
        if usable - soon < minimum or usable < rate * 30:
            health = "MENIPIS"
        if usable * 2 < minimum or usable < rate * 7:
            health = "KRITIS"
        if usable <= 0 and (minimum > 0 or rate > 0):
            health = "KOSONG"
        return {
            "kode": b["kode"], "barang": b["nama"], "satuan": b["satuan"], "jumlah": amount, "minimum": minimum, "layak": usable,
            "kedaluwarsa": expired, "kesehatan": health, "hari_tersisa": float((usable / rate).quantize(Decimal("0.1"), ROUND_HALF_UP)) if rate else None,
            "lot": sorted((x for x in lot if x["jumlah"]), key=_lot_order), "tercatat": bool(lot),
        }  # fmt: skip

    def _lotstok_lot(self, x: Row) -> str | None:
        return x["lot"] or None

    def _gudangbencana_kesehatan(self, s: Row, pada: None = None) -> str:
        rows = self._gudangbencana_stok(s)
        if not any(b["tercatat"] for b in rows):
            return "TIDAK_ADA_DATA"
        if sum(b["layak"] for b in rows) == 0:
            return "KOSONG"
        worst = max(("AMAN", "MENIPIS", "KRITIS", "KOSONG").index(b["kesehatan"]) for b in rows)
        return ("AMAN", "MENIPIS", "KRITIS", "KRITIS")[worst]

    def _gudangbencana_mutasi(
        self, s: Row, barang: str | None = None, first: int | None = 50, after: str | None = None
    ) -> Row:
        rows = [m for m in self.movements if _owner_key(m, "gudang") == _key(s) and barang in (None, m["barang"])]
        return page(rows, lambda m: (m["urutan"],), first, after)

    def _mutasistok_kodeBarang(self, m: Row) -> Any:
        return m["barang"]

    def _mutasistok_barang(self, m: Row) -> Any:
        return next(b["nama"] for b in self.barang if b["kode"] == m["barang"])

    def _mutasistok_satuan(self, m: Row) -> Any:
        return next(b["satuan"] for b in self.barang if b["kode"] == m["barang"])

    def _mutasistok_lot(self, m: Row) -> str | None:
        return m["lot"] or None

    def _mutasistok_lawan(self, m: Row) -> Row | None:
        there = (m["lawan_kab"], m["lawan_gudang"])
        return next((self._seen_sumber_daya(s) for s in self.sumber_daya if _key(s) == there), None)

    def _mutasistok_bukti(self, m: Row) -> Row | None:
        return next((b for b in self.evidence if (b["kode_kab"], b["id"]) == (m["kode_kab"], m["bukti"])), None)


def _people(s: Row, what: str) -> int | None:
    """All of them, else those of the sexes that are known."""
    parts = [n for n in (s[f"{what}_l"], s[f"{what}_p"]) if n is not None]
    total: int | None = s[what]
    return total if total is not None else sum(parts) if parts else None


def _moves_to_apbd(s: Row) -> int | None:
    if s["jenis"] not in ("SLRT", "PUSKESOS") or (s["sumber_dana"] or "").strip().upper() != "APBN":
        return None
    return int(s["tahun"] or s["sejak"].year) + 3


def _stands_on(s: Row, day: date) -> bool:
    return bool(s["sejak"] <= day and (s["sampai"] is None or day < s["sampai"]))


def _id(s: Row) -> str:
    return f"{s['kode_kab']}:{s['id']}"


def _key(s: Row) -> tuple[str, Any]:
    return s["kode_kab"], s["id"]


def _owner_key(x: Row, column: str) -> tuple[str, Any]:
    return x["kode_kab"], x[column]


def _lot_order(x: Row) -> tuple[Any, ...]:
    return (x["kedaluwarsa"] or date.max, x["lot"].encode(), x["sumber_dana"])
