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
from tests.schema.engine.reference_sumber_daya import SUMBER_DAYA_TYPES, ReferenceSumberDaya
from tests.schema.engine.reference_values import jsonb_order, plain
from tests.schema.engine.reference_wksbm import ReferenceWksbm, jejaring_type

Row = dict[str, Any]
Info = GraphQLResolveInfo[Any]

_TYPES = {1: "Provinsi", 2: "Kabupaten", 3: "Kecamatan", 4: "Desa"}
_LEVELS = {1: "PROVINSI", 2: "KABUPATEN", 3: "KECAMATAN", 4: "DESA"}


class Reference(ReferenceSumberDaya, ReferenceWksbm):
    """Everything in the database, as a caller who reaches everything sees it."""

    def __init__(self, url: str, sdl: str) -> None:
        self.schema: GraphQLSchema = build_schema(sdl, assume_valid=True)
        with psycopg.connect(url, row_factory=dict_row) as conn:

            def read(statement: str) -> list[Row]:
                return conn.execute(statement).fetchall()

            columns = "kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk"
            self.wilayah = read(f'SELECT {columns} FROM wilayah ORDER BY kode COLLATE "C", berlaku_sejak')
            self.lineage = read("SELECT * FROM silsilah")
            self.batas = read("SELECT kode, wilayah_sejak, luas_km2, sejak, sampai FROM batas")
            self.formulir = read('SELECT * FROM formulir ORDER BY kode COLLATE "C"')
            self.elemen = read("SELECT * FROM elemen ORDER BY urut")
            self.rincian = read("SELECT * FROM rincian ORDER BY urut")
            self.aturan = read("SELECT * FROM aturan ORDER BY urut")
            self.rekap = read(
                'SELECT * FROM rekap ORDER BY kode_kab COLLATE "C", formulir COLLATE "C", periode COLLATE "C"'
            )
            self.nilai = read("SELECT * FROM rekap_nilai")
            self.total = read("SELECT * FROM rekap_total ORDER BY urut")
            self.events = read("SELECT * FROM rekap_peristiwa ORDER BY urut")
            self.temuan = read("SELECT * FROM rekap_temuan ORDER BY urut")
            self.revisions = read("SELECT * FROM rekap_revisi")
            self.angka = read("SELECT * FROM angka WHERE dimensi = ''")
            self.today: date = read("SELECT current_date AS d")[0]["d"]
            self._load_sumber_daya(read)
            self._load_wksbm(read)
        self.children: dict[str, list[Row]] = defaultdict(list)
        for w in self.wilayah:
            self.children[w["kode_induk"]].append(w)

    def answer(self, query: str, variables: dict[str, Any]) -> Any:
        result = execute_sync(
            self.schema, parse(query), variable_values=variables, field_resolver=self._resolve, type_resolver=self._type
        )
        assert not result.errors, result.errors
        return result.data

    # ---------- resolving ----------
    def _type(self, nilai: Row, info: Info, graphql_type: Any) -> str:
        if (jejaring := jejaring_type(nilai)) is not None:
            return jejaring
        if "daya_tampung" in nilai:
            return SUMBER_DAYA_TYPES[nilai["jenis"]]
        for column, type_name in (
            ("revisi_disetujui", "Rekap"),
            ("periode_jenis", "Formulir"),
            ("agregasi_waktu", "Elemen"),
        ):
            if column in nilai:
                return type_name
        return _TYPES[nilai["tingkat"]]

    def _resolve(self, source: Any, info: Info, **args: Any) -> Any:
        type_name = info.parent_type.name
        common = (
            "wilayah"
            if type_name in _TYPES.values()
            else "sumberdaya"
            if type_name in SUMBER_DAYA_TYPES.values()
            else type_name
        )
        for prefix in (type_name.lower(), common.lower()):
            resolver = getattr(self, f"_{prefix}_{info.field_name}", None)
            if resolver is not None:
                return resolver(source, **args)
        name = "".join(f"_{c.lower()}" if c.isupper() else c for c in info.field_name)
        return plain(source[name])

    def _in_force_on(self, rows: list[Row], as_of: date) -> list[Row]:
        return [self._seen(w, as_of) for w in rows if w["berlaku_sejak"] <= as_of <= _last_day(w)]

    def _seen(self, w: Row, as_of: date | None = None) -> Row:
        return {**w, "acuan": as_of or min(_last_day(w), self.today)}

    def _find(self, kode: str, as_of: str | None, level: int) -> Row | None:
        same = [
            w
            for w in self.wilayah
            if w["kode"].replace(".", "") == kode.replace(".", "") and level in (0, w["tingkat"])  # 0: of any level
        ]
        if as_of is not None:
            return next(iter(self._in_force_on(same, date.fromisoformat(as_of))), None)
        current = [w for w in same if w["berlaku_sejak"] <= self.today <= _last_day(w)]
        pilihan = current or sorted(same, key=lambda w: w["berlaku_sejak"])[-1:]
        return self._seen(pilihan[0]) if pilihan else None

    def _kabupaten_simpul(self, _: Row) -> None: ...  # nobody here has a hub of its own

    # Query
    def _query__entities(self, _: Any, representations: list[dict[str, str]]) -> list[Row | None]:
        levels = {name: t for t, name in _TYPES.items()}
        levels["Wilayah"] = 0
        return [self._entity(w, levels.get(w["__typename"])) for w in representations]

    def _entity(self, w: dict[str, str], level: int | None) -> Row | None:
        if level is not None:
            return self._find(w["kode"], None, level)
        if w["__typename"] == "Formulir":
            return self._query_formulir(None, w["kode"])
        if w["__typename"] == "Elemen":
            return next((e for e in self.elemen if e["kode"] == w["kode"].upper()), None)
        if w["__typename"] == "Rekap":
            return self._query_rekap(None, w["id"])
        if w["__typename"] == "Wksbm":
            return self._query_wksbm(None, w["id"])
        found = self._query_sumberDaya(None, w["id"])
        if found is None or w["__typename"] not in ("SumberDaya", SUMBER_DAYA_TYPES[found["jenis"]]):
            return None
        return found

    def _query_node(self, _: Any, id: str) -> Row | None:
        if ":" in id:
            return self._query_sumberDaya(None, id)
        kode, _at, day = id.partition("@")
        return self._find(kode, day or None, 0)

    def _wilayah_id(self, w: Row) -> str:
        return str(w["kode"]) if w["acuan"] == self.today else f"{w['kode']}@{w['acuan']}"

    def _query_provinsi(self, _: Any, kode: str, pada: str | None = None) -> Row | None:
        return self._find(kode, pada, 1)

    def _query_kabupaten(self, _: Any, kode: str, pada: str | None = None) -> Row | None:
        return self._find(kode, pada, 2)

    def _query_kecamatan(self, _: Any, kode: str, pada: str | None = None) -> Row | None:
        return self._find(kode, pada, 3)

    def _query_desa(self, _: Any, kode: str, pada: str | None = None) -> Row | None:
        return self._find(kode, pada, 4)

    def _query_formulir(self, _: Any, kode: str) -> Row | None:
        return next((f for f in self.formulir if f["kode"] == kode.upper()), None)

    def _query_daftarFormulir(self, _: Any) -> list[Row]:
        return self.formulir

    def _query_rekap(self, _: Any, id: str, pada: None = None) -> Row | None:
        return next((r for r in self.rekap if _id(r) == id), None)

    def _query_daftarDesa(
        self,
        _: Any,
        saring: Row | None = None,
        urut: list[str] | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Row:
        s = saring or {}
        rows = self._in_force_on([w for w in self.wilayah if w["tingkat"] == 4], self.today)
        if (region := s.get("di")) is not None:
            rows = [w for w in rows if w["kode"].replace(".", "").startswith(region.replace(".", ""))]
        if (name := s.get("nama")) is not None:
            rows = [w for w in rows if _letters(name) in _letters(w["nama"])]
        if (kinds := s.get("jenis")) is not None:
            rows = [w for w in rows if w["jenis"] in kinds]
        fields = ("nama", "kode") if urut and urut[0] == "NAMA" else ("kode",)
        return page(rows, lambda w: tuple(w[m] for m in fields), first, after)

    def _query_daftarRekap(
        self, _: Any, saring: Row | None = None, first: int | None = 50, after: str | None = None
    ) -> Row:
        rows = self.rekap
        for field, column in (
            ("pelapor", "kode_kab"),
            ("formulir", "formulir"),
            ("periode", "periode"),
            ("status", "status"),
        ):
            if (allowed := (saring or {}).get(field)) is not None:
                rows = [r for r in rows if r[column] in allowed]
        return page(rows, lambda r: (r["kode_kab"], r["formulir"], r["periode"]), first, after)

    # Wilayah
    def _wilayah_tingkat(self, w: Row) -> str:
        return _LEVELS[w["tingkat"]]

    def _wilayah_luasKm2(self, w: Row) -> float | None:
        for b in self.batas:
            end = b["sampai"] or date.max
            if (b["kode"], b["wilayah_sejak"]) == _key(w) and b["sejak"] <= w["acuan"] < end:
                return float(b["luas_km2"])
        return None

    def _children(self, w: Row) -> list[Row]:
        return self._in_force_on(self.children[w["kode"]], w["acuan"])

    _wilayah_kabupaten_children = _children

    def _wilayah_kabupaten(self, w: Row) -> Any:
        return self._children(w) if w["tingkat"] == 1 else self._parent(w)

    def _wilayah_kecamatan(self, w: Row) -> Any:
        return self._children(w) if w["tingkat"] == 2 else self._parent(w)

    def _wilayah_desa(self, w: Row) -> list[Row]:
        return self._children(w)

    def _wilayah_provinsi(self, w: Row) -> Row:
        return self._parent(w)

    def _parent(self, w: Row) -> Row:
        (one,) = self._in_force_on([x for x in self.wilayah if x["kode"] == w["kode_induk"]], w["acuan"])
        return one

    def _wilayah_pendahulu(self, w: Row) -> list[Row]:
        origins = {
            (s["kode_lama"], s["sejak_lama"]) for s in self.lineage if (s["kode_baru"], s["sejak_baru"]) == _key(w)
        }
        return [self._seen(x) for x in self.wilayah if _key(x) in origins]

    def _wilayah_pengganti(self, w: Row) -> list[Row]:
        successors = {
            (s["kode_baru"], s["sejak_baru"]) for s in self.lineage if (s["kode_lama"], s["sejak_lama"]) == _key(w)
        }
        return [self._seen(x) for x in self.wilayah if _key(x) in successors]

    def _wilayah_nilai(self, w: Row, elemen: list[str], periode: list[str]) -> list[Row]:
        values: list[Row] = []
        for e in dict.fromkeys(elemen):
            for p in dict.fromkeys(periode):
                found = [a for a in self.angka if (a["kode_wilayah"], a["elemen"], a["periode"]) == (w["kode"], e, p)]
                absent: Row = {"elemen": e, "periode": p, "rincian": {}, "nilai": None, "status": "TIDAK_ADA_DATA"}
                values.append(found[0] if found else absent)
        return values

    # catalogue
    def _elemen(self, row: Row) -> Row:
        return next(e for e in self.elemen if e["kode"] == row["elemen"])

    _nilaiwilayah_elemen = _nilairekap_elemen = _totaltertulis_elemen = _catatanrekap_elemen = _elemen

    def _formulir_elemen(self, f: Row) -> list[Row]:
        return [e for e in self.elemen if e["formulir"] == f["kode"]]

    def _formulir_aturan(self, f: Row) -> list[Row]:
        return [a for a in self.aturan if a["formulir"] == f["kode"]]

    def _elemen_tingkat(self, e: Row) -> str:
        return _LEVELS[e["tingkat"]]

    def _elemen_registri(self, e: Row) -> str | None:
        return None if e["registri"] is None else _LEVELS[e["registri"]]

    def _elemen_agregasi(self, e: Row) -> str:
        return "TERAKHIR" if e["agregasi_waktu"] == "UNIK" else str(e["agregasi_waktu"])

    def _elemen_rincian(self, e: Row) -> list[Row]:
        return [r for r in self.rincian if r["elemen"] == e["kode"]]

    def _rincian_lengkap(self, r: Row) -> bool:
        return r["menjumlah"] and not r["terbuka"]

    def _butirkode_definisi(self, b: Row) -> str | None:
        return next((d["teks"] for d in b["definisi"] if "teks" in d), None)

    def _butirkode_dariTanggal(self, b: Row) -> int | None:
        return next(iter(b.get("jendela") or ()), None)

    def _butirkode_sampaiTanggal(self, b: Row) -> int | None:
        return next(iter(reversed(b.get("jendela") or ())), None)

    def _butirkode_kriteria(self, b: Row) -> list[str]:
        return list(dict.fromkeys(k for d in b["definisi"] for k in d["kriteria"] if not k.endswith(":")))

    # rekap
    def _rekap_id(self, r: Row) -> str:
        return _id(r)

    def _rekap_pelapor(self, r: Row) -> Row:
        return self._wilayah_in(r["kode_kab"], r["periode"])

    def _rekap_formulir(self, r: Row) -> Row:
        return next(f for f in self.formulir if f["kode"] == r["formulir"])

    def _rekap_nilai(self, r: Row, revisi: int | None = None) -> list[Row]:
        rows = [v for v in self.nilai if _belongs_to(v, r) and v["revisi"] == (revisi or r["revisi"])]
        return sorted(rows, key=lambda v: (v["elemen"], v["kode_wilayah"], jsonb_order(v["rincian"])))

    def _rekap_totalTertulis(self, r: Row) -> list[Row]:
        known = {e["kode"] for e in self.elemen}
        return [t for t in self.total if _belongs_to(t, r) and t["revisi"] == r["revisi"] and t["elemen"] in known]

    def _rekap_rumusTertulis(self, r: Row) -> list[Row]:
        return [t for t in self.total if _belongs_to(t, r) and t["revisi"] == r["revisi"]]

    def _rekap_riwayat(self, r: Row) -> list[Row]:
        return [p for p in self.events if _belongs_to(p, r)]

    def _rekap_catatan(self, r: Row, revisi: int | None = None) -> list[Row]:
        returns = [p for p in self._rekap_riwayat(r) if p["aksi"] == "KEMBALIKAN" and revisi in (None, p["revisi"])]
        return (
            [{**returns[-1], "rincian": {}, **n, "kode_wilayah": n["wilayah"]} for n in returns[-1]["catatan"]]
            if returns
            else []
        )

    def _catatanrekap_usulan(self, n: Row) -> Any:
        return None if n["usulan"] is None else plain(Decimal(n["usulan"]))

    def _catatanrekap_nilai(self, n: Row) -> Any:
        key = ("revisi", "elemen", "kode_wilayah", "rincian")
        found = [v for v in self.nilai if _belongs_to(v, n) and all(v[k] == n[k] for k in key)]
        return plain(found[0]["nilai"]) if found else None

    def _rekap_surat(self, r: Row, revisi: int | None = None) -> Row | None:
        (of,) = [x for x in self.revisions if _belongs_to(x, r) and x["revisi"] == (revisi or r["revisi"])]
        return None if of["surat_nomor"] is None else {"nomor": of["surat_nomor"], "tanggal": of["surat_tanggal"]}

    def _rekap_beda(self, r: Row, dari: int | None = None, ke: int | None = None) -> list[Row]:
        assert (dari or r["revisi_disetujui"]) == (ke or r["revisi"]), "the demo's rekap are approved as they were sent"
        return []

    def _peristiwarekap_rekap(self, p: Row) -> Row:
        return next(r for r in self.rekap if _belongs_to(p, r))

    def _rekap_temuan(self, r: Row) -> list[Row]:
        return [t for t in self.temuan if _belongs_to(t, r) and t["revisi"] == r["revisi"]]

    def _rekap_boleh(self, r: Row) -> list[str]:
        return []  # an administrator looks on

    def _wilayah_in(self, kode: str, periode: str) -> Row:
        assert len(periode) == 4, "the demo is yearly"
        (one,) = self._in_force_on([w for w in self.wilayah if w["kode"] == kode], date(int(periode), 12, 31))
        return one

    def _wilayah_of_cell(self, v: Row) -> Row:
        return self._wilayah_in(v["kode_wilayah"], v["periode"])

    _nilairekap_wilayah = _totaltertulis_wilayah = _rumustertulis_wilayah = _catatanrekap_wilayah = _wilayah_of_cell

    def _rincian_pairs(self, v: Row) -> list[Row]:
        return [{"rincian": k, "pilihan": p} for k, p in sorted(v["rincian"].items())]

    _nilaiwilayah_rincian = _nilairekap_rincian = _catatanrekap_rincian = _rincian_pairs

    def _totaltertulis_selisih(self, t: Row) -> Any:
        return plain(t["dihitung"] - t["tertulis"])

    _rumustertulis_selisih = _totaltertulis_selisih

    def _rumustertulis_rumus(self, t: Row) -> str:
        return str(t["elemen"])

    def _temuan_lokasi(self, t: Row) -> list[Row]:
        return [dict(x) for x in t["lokasi"]]


def _letters(text: str) -> str:
    return "".join(h for h in text.lower() if h.isascii() and h.isalnum())


def _last_day(w: Row) -> date:
    return date.max if w["berlaku_sampai"] is None else date.fromordinal(w["berlaku_sampai"].toordinal() - 1)


def _key(w: Row) -> tuple[str, date]:
    return w["kode"], w["berlaku_sejak"]


def _id(r: Row) -> str:
    return f"{r['kode_kab']}:{r['formulir']}:{r['periode']}"


def _belongs_to(row: Row, r: Row) -> bool:
    return all(row[k] == r[k] for k in ("kode_kab", "formulir", "periode"))
