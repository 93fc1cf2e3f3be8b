"""An ordinary resolver over the same data, to compare the compiler with: rows are read whole by plain SQL, and
graphql-core itself executes the query over Python dictionaries. Shares no code with the compiler."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
from graphql import GraphQLResolveInfo, GraphQLSchema, build_schema, execute_sync, parse
from psycopg.rows import dict_row

from tests.schema.engine.reference_pages import page
from tests.schema.engine.reference_sumber_daya import TIPE_SUMBER_DAYA, ReferenceSumberDaya
from tests.schema.engine.reference_wksbm import ReferenceWksbm, tipe_jejaring

Baris = dict[str, Any]
Info = GraphQLResolveInfo[Any]

_TIPE = {1: "Provinsi", 2: "Kabupaten", 3: "Kecamatan", 4: "Desa"}
_TINGKAT = {1: "PROVINSI", 2: "KABUPATEN", 3: "KECAMATAN", 4: "DESA"}


class Reference(ReferenceSumberDaya, ReferenceWksbm):
    """Everything in the database, as a caller who reaches everything sees it."""

    def __init__(self, url: str, sdl: str) -> None:
        self.schema: GraphQLSchema = build_schema(sdl, assume_valid=True)
        with psycopg.connect(url, row_factory=dict_row) as conn:

            def semua(perintah: str) -> list[Baris]:
                return conn.execute(perintah).fetchall()

            kolom = "kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk"
            self.wilayah = semua(f'SELECT {kolom} FROM wilayah ORDER BY kode COLLATE "C", berlaku_sejak')
            self.silsilah = semua("SELECT * FROM silsilah")
            self.batas = semua("SELECT kode, wilayah_sejak, luas_km2, sejak, sampai FROM batas")
            self.formulir = semua('SELECT * FROM formulir ORDER BY kode COLLATE "C"')
            self.elemen = semua("SELECT * FROM elemen ORDER BY urut")
            self.rincian = semua("SELECT * FROM rincian ORDER BY urut")
            self.aturan = semua("SELECT * FROM aturan ORDER BY urut")
            self.rekap = semua(
                'SELECT * FROM rekap ORDER BY kode_kab COLLATE "C", formulir COLLATE "C", periode COLLATE "C"'
            )
            self.nilai = semua("SELECT * FROM rekap_nilai")
            self.total = semua("SELECT * FROM rekap_total ORDER BY urut")
            self.peristiwa = semua("SELECT * FROM rekap_peristiwa ORDER BY urut")
            self.temuan = semua("SELECT * FROM rekap_temuan ORDER BY urut")
            self.angka = semua("SELECT * FROM angka WHERE dimensi = ''")
            self.hari_ini: date = semua("SELECT current_date AS d")[0]["d"]
            self._muat_sumber_daya(semua)
            self._muat_wksbm(semua)
        self.anak: dict[str, list[Baris]] = defaultdict(list)
        for w in self.wilayah:
            self.anak[w["kode_induk"]].append(w)

    def answer(self, query: str, variables: dict[str, Any]) -> Any:
        hasil = execute_sync(
            self.schema, parse(query), variable_values=variables, field_resolver=self._resolve, type_resolver=self._type
        )
        assert not hasil.errors, hasil.errors
        return hasil.data

    # ---------- resolving ----------

    def _type(self, nilai: Baris, info: Info, tipe: Any) -> str:
        if (jejaring := tipe_jejaring(nilai)) is not None:
            return jejaring
        if "daya_tampung" in nilai:
            return TIPE_SUMBER_DAYA[nilai["jenis"]]
        return "Rekap" if "revisi_disetujui" in nilai else _TIPE[nilai["tingkat"]]

    def _resolve(self, sumber: Any, info: Info, **args: Any) -> Any:
        tipe = info.parent_type.name
        umum = "wilayah" if tipe in _TIPE.values() else "sumberdaya" if tipe in TIPE_SUMBER_DAYA.values() else tipe
        for milik in (tipe.lower(), umum.lower()):
            cara = getattr(self, f"_{milik}_{info.field_name}", None)
            if cara is not None:
                return cara(sumber, **args)
        nama = "".join(f"_{c.lower()}" if c.isupper() else c for c in info.field_name)
        return _polos(sumber[nama])

    def _pada(self, daftar: list[Baris], acuan: date) -> list[Baris]:
        return [self._lihat(w, acuan) for w in daftar if w["berlaku_sejak"] <= acuan <= _terakhir(w)]

    def _lihat(self, w: Baris, acuan: date | None = None) -> Baris:
        return {**w, "acuan": acuan or min(_terakhir(w), self.hari_ini)}

    def _cari(self, kode: str, pada: str | None, tingkat: int) -> Baris | None:
        sama = [
            w for w in self.wilayah if w["kode"].replace(".", "") == kode.replace(".", "") and w["tingkat"] == tingkat
        ]
        if pada is not None:
            return next(iter(self._pada(sama, date.fromisoformat(pada))), None)
        kini = [w for w in sama if w["berlaku_sejak"] <= self.hari_ini <= _terakhir(w)]
        pilihan = kini or sorted(sama, key=lambda w: w["berlaku_sejak"])[-1:]
        return self._lihat(pilihan[0]) if pilihan else None

    # Query
    def _query__entities(self, _: Any, representations: list[dict[str, str]]) -> list[Baris | None]:
        tingkat = {nama: t for t, nama in _TIPE.items()}
        return [self._satu_entitas(w, None if "id" in w else tingkat[w["__typename"]]) for w in representations]

    def _satu_entitas(self, w: dict[str, str], tingkat: int | None) -> Baris | None:
        if tingkat is not None:
            return self._cari(w["kode"], None, tingkat)
        if w["__typename"] == "Rekap":
            return self._query_rekap(None, w["id"])
        if w["__typename"] == "Wksbm":
            return self._query_wksbm(None, w["id"])
        ada = self._query_sumberDaya(None, w["id"])
        return ada if ada is not None and TIPE_SUMBER_DAYA[ada["jenis"]] == w["__typename"] else None

    def _query_provinsi(self, _: Any, kode: str, pada: str | None = None) -> Baris | None:
        return self._cari(kode, pada, 1)

    def _query_kabupaten(self, _: Any, kode: str, pada: str | None = None) -> Baris | None:
        return self._cari(kode, pada, 2)

    def _query_kecamatan(self, _: Any, kode: str, pada: str | None = None) -> Baris | None:
        return self._cari(kode, pada, 3)

    def _query_desa(self, _: Any, kode: str, pada: str | None = None) -> Baris | None:
        return self._cari(kode, pada, 4)

    def _query_formulir(self, _: Any, kode: str) -> Baris | None:
        return next((f for f in self.formulir if f["kode"] == kode.upper()), None)

    def _query_daftarFormulir(self, _: Any) -> list[Baris]:
        return self.formulir

    def _query_rekap(self, _: Any, id: str, pada: None = None) -> Baris | None:
        return next((r for r in self.rekap if _id(r) == id), None)

    def _query_daftarDesa(
        self,
        _: Any,
        saring: Baris | None = None,
        urut: list[str] | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Baris:
        s = saring or {}
        isi = self._pada([w for w in self.wilayah if w["tingkat"] == 4], self.hari_ini)
        if (di := s.get("di")) is not None:
            isi = [w for w in isi if w["kode"].replace(".", "").startswith(di.replace(".", ""))]
        if (nama := s.get("nama")) is not None:
            isi = [w for w in isi if _huruf(nama) in _huruf(w["nama"])]
        if (jenis := s.get("jenis")) is not None:
            isi = [w for w in isi if w["jenis"] in jenis]
        medan = ("nama", "kode") if urut and urut[0] == "NAMA" else ("kode",)
        return page(isi, lambda w: tuple(w[m] for m in medan), first, after)

    def _query_daftarRekap(
        self, _: Any, saring: Baris | None = None, first: int | None = 50, after: str | None = None
    ) -> Baris:
        isi = self.rekap
        for medan, kolom in (
            ("pelapor", "kode_kab"),
            ("formulir", "formulir"),
            ("periode", "periode"),
            ("status", "status"),
        ):
            if (boleh := (saring or {}).get(medan)) is not None:
                isi = [r for r in isi if r[kolom] in boleh]
        return page(isi, lambda r: (r["kode_kab"], r["formulir"], r["periode"]), first, after)

    # Wilayah
    def _wilayah_tingkat(self, w: Baris) -> str:
        return _TINGKAT[w["tingkat"]]

    def _wilayah_luasKm2(self, w: Baris) -> float | None:
        for b in self.batas:
            akhir = b["sampai"] or date.max
            if (b["kode"], b["wilayah_sejak"]) == _kunci(w) and b["sejak"] <= w["acuan"] < akhir:
                return float(b["luas_km2"])
        return None

    def _anak(self, w: Baris) -> list[Baris]:
        return self._pada(self.anak[w["kode"]], w["acuan"])

    _wilayah_kabupaten_anak = _anak

    def _wilayah_kabupaten(self, w: Baris) -> Any:
        return self._anak(w) if w["tingkat"] == 1 else self._induk(w)

    def _wilayah_kecamatan(self, w: Baris) -> Any:
        return self._anak(w) if w["tingkat"] == 2 else self._induk(w)

    def _wilayah_desa(self, w: Baris) -> list[Baris]:
        return self._anak(w)

    def _wilayah_provinsi(self, w: Baris) -> Baris:
        return self._induk(w)

    def _induk(self, w: Baris) -> Baris:
        (satu,) = self._pada([x for x in self.wilayah if x["kode"] == w["kode_induk"]], w["acuan"])
        return satu

    def _wilayah_pendahulu(self, w: Baris) -> list[Baris]:
        asal = {
            (s["kode_lama"], s["sejak_lama"]) for s in self.silsilah if (s["kode_baru"], s["sejak_baru"]) == _kunci(w)
        }
        return [self._lihat(x) for x in self.wilayah if _kunci(x) in asal]

    def _wilayah_pengganti(self, w: Baris) -> list[Baris]:
        jadi = {
            (s["kode_baru"], s["sejak_baru"]) for s in self.silsilah if (s["kode_lama"], s["sejak_lama"]) == _kunci(w)
        }
        return [self._lihat(x) for x in self.wilayah if _kunci(x) in jadi]

    def _wilayah_nilai(self, w: Baris, elemen: list[str], periode: list[str]) -> list[Baris]:
        hasil: list[Baris] = []
        for e in dict.fromkeys(elemen):
            for p in dict.fromkeys(periode):
                ada = [a for a in self.angka if (a["kode_wilayah"], a["elemen"], a["periode"]) == (w["kode"], e, p)]
                kosong: Baris = {"elemen": e, "periode": p, "rincian": {}, "nilai": None, "status": "TIDAK_ADA_DATA"}
                hasil.append(ada[0] if ada else kosong)
        return hasil

    # catalogue
    def _elemen(self, baris: Baris) -> Baris:
        return next(e for e in self.elemen if e["kode"] == baris["elemen"])

    _nilaiwilayah_elemen = _nilairekap_elemen = _totaltertulis_elemen = _elemen

    def _formulir_elemen(self, f: Baris) -> list[Baris]:
        return [e for e in self.elemen if e["formulir"] == f["kode"]]

    def _formulir_aturan(self, f: Baris) -> list[Baris]:
        return [a for a in self.aturan if a["formulir"] == f["kode"]]

    def _elemen_tingkat(self, e: Baris) -> str:
        return _TINGKAT[e["tingkat"]]

    def _elemen_registri(self, e: Baris) -> str | None:
        return None if e["registri"] is None else _TINGKAT[e["registri"]]

    def _elemen_agregasi(self, e: Baris) -> str:
        return "TERAKHIR" if e["agregasi_waktu"] == "UNIK" else str(e["agregasi_waktu"])

    def _elemen_rincian(self, e: Baris) -> list[Baris]:
        return [r for r in self.rincian if r["elemen"] == e["kode"]]

    # rekap
    def _rekap_id(self, r: Baris) -> str:
        return _id(r)

    def _rekap_pelapor(self, r: Baris) -> Baris:
        return self._wilayah_pada(r["kode_kab"], r["periode"])

    def _rekap_formulir(self, r: Baris) -> Baris:
        return next(f for f in self.formulir if f["kode"] == r["formulir"])

    def _rekap_nilai(self, r: Baris, revisi: int | None = None) -> list[Baris]:
        isi = [v for v in self.nilai if _milik(v, r) and v["revisi"] == (revisi or r["revisi"])]
        return sorted(isi, key=lambda v: (v["elemen"], v["kode_wilayah"], _urut_jsonb(v["rincian"])))

    def _rekap_totalTertulis(self, r: Baris) -> list[Baris]:
        ada = {e["kode"] for e in self.elemen}
        return [t for t in self.total if _milik(t, r) and t["revisi"] == r["revisi"] and t["elemen"] in ada]

    def _rekap_riwayat(self, r: Baris) -> list[Baris]:
        return [p for p in self.peristiwa if _milik(p, r)]

    def _rekap_temuan(self, r: Baris) -> list[Baris]:
        return [t for t in self.temuan if _milik(t, r) and t["revisi"] == r["revisi"]]

    def _rekap_boleh(self, r: Baris) -> list[str]:
        return []  # an administrator looks on

    def _wilayah_pada(self, kode: str, periode: str) -> Baris:
        assert len(periode) == 4, "the demo is yearly"
        (satu,) = self._pada([w for w in self.wilayah if w["kode"] == kode], date(int(periode), 12, 31))
        return satu

    def _wilayah_sel(self, v: Baris) -> Baris:
        return self._wilayah_pada(v["kode_wilayah"], v["periode"])

    _nilairekap_wilayah = _totaltertulis_wilayah = _wilayah_sel

    def _rincian_pasangan(self, v: Baris) -> list[Baris]:
        return [{"rincian": k, "pilihan": p} for k, p in sorted(v["rincian"].items())]

    _nilaiwilayah_rincian = _nilairekap_rincian = _rincian_pasangan

    def _totaltertulis_selisih(self, t: Baris) -> Any:
        return _polos(t["dihitung"] - t["tertulis"])

    def _temuan_lokasi(self, t: Baris) -> list[Baris]:
        return [dict(x) for x in t["lokasi"]]


def _huruf(teks: str) -> str:
    return "".join(h for h in teks.lower() if h.isascii() and h.isalnum())


def _terakhir(w: Baris) -> date:
    return date.max if w["berlaku_sampai"] is None else date.fromordinal(w["berlaku_sampai"].toordinal() - 1)


def _kunci(w: Baris) -> tuple[str, date]:
    return w["kode"], w["berlaku_sejak"]


def _id(r: Baris) -> str:
    return f"{r['kode_kab']}:{r['formulir']}:{r['periode']}"


def _milik(isi: Baris, r: Baris) -> bool:
    return all(isi[k] == r[k] for k in ("kode_kab", "formulir", "periode"))


def _urut_jsonb(rincian: dict[str, str]) -> tuple[Any, ...]:
    """PostgreSQL's order of jsonb objects: fewer pairs first, then key by key (shorter keys first), value by value."""
    pasangan = sorted(rincian.items(), key=lambda p: (len(p[0].encode()), p[0].encode()))
    return (len(pasangan), tuple(x.encode() for p in pasangan for x in p))


def _polos(nilai: Any) -> Any:
    if isinstance(nilai, Decimal):
        return int(nilai) if nilai == nilai.to_integral_value() else float(nilai)
    if isinstance(nilai, date):
        return nilai.isoformat()
    return nilai
