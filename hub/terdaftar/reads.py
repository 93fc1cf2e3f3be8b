"""What the registers count, per region, element and period, to be laid beside what the rekap say.

A social resource counts where it stood on the period's last day; a paper where it held that day; of networks (WKSBM) see
`terdaftar_wksbm_source`. It counts in the region in
which its desa lies on the borders asked for: a desa that has another code since is followed through the links between
regions, and where it became several, it counts in the first region above that holds them all.

The counts come as one JSON object, made once per question, from which every row of figures takes its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CTE
from sqlalchemy.dialects.postgresql import JSONB

from hub.akses.tertutup import reached
from hub.base.kode import Tingkat
from hub.plan.sql_text import Ikat, Names, names, sql_clause
from hub.terdaftar.wksbm_reads import ELEMEN_WKSBM, berdiri_wksbm


@dataclass(frozen=True, slots=True)
class _Hitung:
    """What one element counts: kinds; a condition on a row `s`; breakdowns (name → choice, an SQL value, null: not told); how
    many a row is; what else is looked at. `cacah`: things are counted, so none is nought; people nobody knows of are no number."""

    jenis: tuple[str, ...]
    syarat: str = "true"
    rincian: Mapping[str, str] | None = None
    banyak: str = "1"
    dari: str = ""
    cacah: bool = True


_SASARAN = {"sasaran_layanan": "s.sasaran"}


def _people(banyak: str) -> str:
    return f"""CROSS JOIN LATERAL (VALUES ('L', {banyak}_l), ('P', {banyak}_p),
    (NULL, {banyak} - coalesce({banyak}_l, 0) - coalesce({banyak}_p, 0))) o(jk, banyak)"""


_KLIEN = """CROSS JOIN LATERAL (
    SELECT t.klien_l, t.klien_p, t.klien FROM sumber_daya_terbaca t WHERE t.kode_kab = s.kode_kab AND t.id = s.id) b
  """


def _paper(jenis: str) -> str:
    return f"""CROSS JOIN LATERAL (
    SELECT t.peringkat, t.cakupan FROM surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = '{jenis}'
      AND t.sejak <= s.akhir AND (t.sampai IS NULL OR t.sampai > s.akhir) ORDER BY t.sejak DESC LIMIT 1) t"""


ELEMEN: dict[str, _Hitung] = {
    "LEM01": _Hitung(("PANTI",), "s.pemilik <> 'MASYARAKAT'", {"pemilik": "s.pemilik", **_SASARAN}),
    "LEM02": _Hitung(("PANTI",), "s.pemilik = 'MASYARAKAT'", _SASARAN),
    "LEM03": _Hitung(("PANTI",), "s.daya_tampung IS NOT NULL", _SASARAN, "s.daya_tampung", cacah=False),
    # whom single institutions serve: for those alone who reach all of the region, so that no sum is less than the whole
    "LEM04": _Hitung(
        ("PANTI", "LKS", "LK3", "RUMAH_SINGGAH"), f"o.banyak IS NOT NULL AND {reached('left(s.tujuan, 5)')}",
        {"JK": "o.jk", **_SASARAN}, "o.banyak", _KLIEN + _people("b.klien"), cacah=False,
    ),
    "LEM05": _Hitung(("LKS",), "s.pemilik = 'MASYARAKAT'", _SASARAN),
    "LEM06": _Hitung(("LK3",)),
    "LEM07": _Hitung(("RUMAH_SINGGAH",)),
    "LEM08": _Hitung(
        ("LKS", "PANTI"), "true",
        {"cakupan_lks": "CASE coalesce(t.cakupan, s.cakupan) WHEN 'KOTA' THEN 'kabupaten/kota' ELSE lower(coalesce(t.cakupan, s.cakupan)) END"},
        dari=_paper("TANDA_DAFTAR"),
    ),
    "LEM09": _Hitung(("LKS", "PANTI"), "true", {"akreditasi": "t.peringkat"}, dari=_paper("AKREDITASI")),
    "LEM10": _Hitung(("SLRT",), "true", {"sumber_dana": "s.sumber_dana"}),
    "LEM11": _Hitung(("PUSKESOS",)),
    "LEM14": _Hitung(("KARANG_TARUNA",), "true", {"klasifikasi": "lower(s.klasifikasi)"}),
    "LEM15": _Hitung(
        ("KARANG_TARUNA",), "o.banyak IS NOT NULL", {"JK": "o.jk"}, "o.banyak", _people("s.pengurus"), cacah=False
    ),
    "LEM17": _Hitung(
        ("KAMPUNG_SIAGA_BENCANA",), "o.ada", {"sarana_ksb": "o.sarana"},
        dari="CROSS JOIN LATERAL (VALUES (NULL, true), ('lumbung', s.lumbung), ('gardu', s.gardu)) o(sarana, ada)",
    ),
    "LOG01": _Hitung(("GUDANG_BENCANA",), "true", {"pemilik": "s.pemilik"}),
}  # fmt: skip
# choices that do not part the whole: such a row counts under its choice only, and one without a choice counts in the whole
_BUKAN_BAGIAN = {"LEM17": "o.sarana IS NOT NULL"}


def _periods(n: Names) -> str:
    return f"p AS (SELECT * FROM unnest(CAST({n.periode} AS text[]), CAST({n.akhir} AS date[])) AS p(periode, akhir))"


def _standing(n: Names, cte: str, tujuan: str) -> str:
    """Found by the code asked for, like the regions."""
    return f"""
{cte} AS MATERIALIZED (
  SELECT {tujuan}, p.periode, p.akhir, r.id, r.jenis, r.pemilik, r.kode_desa,
    least(r.hari_terakhir, r.diubah_pada::date) AS ditulis, lower(r.sasaran) AS sasaran, r.daya_tampung,
    r.cakupan, r.klasifikasi, r.pengurus_l, r.pengurus_p, r.pengurus, r.lumbung, r.gardu,
    CASE WHEN upper(r.sumber_dana) IN ('APBN', 'APBD', 'DAK') THEN upper(r.sumber_dana) ELSE lower(r.sumber_dana) END AS sumber_dana
  FROM p JOIN sumber_daya r ON r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND r.jenis = ANY(ARRAY(SELECT m.jenis FROM (VALUES {_JENIS}) m(elemen, jenis) WHERE m.elemen = ANY({n.elemen})))
    AND r.sejak <= p.akhir AND r.hari_terakhir >= p.akhir
)"""


def _of_element(n: Names, elemen: str, h: _Hitung, *, rinci: bool) -> str:
    pairs = ", ".join(f"'{d}', {value}" for d, value in (h.rincian or {}).items())
    rincian = f"jsonb_strip_nulls(jsonb_build_object({pairs}))" if rinci else "NULL::jsonb"
    jenis = ", ".join(f"'{j}'" for j in h.jenis)
    return f"""SELECT s.periode, s.tujuan, '{elemen}' AS elemen, {rincian} AS rincian,
    ({h.banyak})::bigint AS banyak, {_BUKAN_BAGIAN.get(elemen, "false")} AS cabang
  FROM ada s {h.dari} WHERE '{elemen}' = ANY({n.elemen}) AND s.jenis IN ({jenis}) AND {h.syarat}"""


def _of_wksbm(*, rinci: bool) -> str:
    rincian = "s.rincian" if rinci else "NULL::jsonb"
    return f"SELECT s.periode, s.tujuan, s.elemen, {rincian}, 1::bigint, false FROM ada_wksbm s"


def _units(n: Names, *, rinci: bool) -> str:
    """What counts, row by row: periode, tujuan (the region it counts in), elemen, rincian, banyak, cabang (under its choices
    only).
    """
    sumber_daya = [_of_element(n, elemen, h, rinci=rinci) for elemen, h in ELEMEN.items()]
    return "\n  UNION ALL ".join([*sumber_daya, _of_wksbm(rinci=rinci)])


def _places(batas: str, hari: str, panjang: int) -> str:
    """Where the desa of each row lies on the borders asked for. One JSON object, looked up row by row: a join would be
    planned for the few rows that PostgreSQL expects of such a chain."""
    return f"""
tempat AS (
  SELECT s.*, p.{batas} AS hari, w.kode, w.berlaku_sejak AS sejak, w.hari_terakhir
  FROM (SELECT periode, kode_kab, kode_desa, ditulis FROM tercatat
    UNION SELECT periode, kode_kab, kode_desa, ditulis FROM tercatat_wksbm) s JOIN {hari} p ON p.periode = s.periode
  CROSS JOIN LATERAL (
    SELECT w.kode, w.berlaku_sejak, w.hari_terakhir FROM wilayah w WHERE w.kode_kab = s.kode_kab AND w.kode = s.kode_desa
    ORDER BY (w.berlaku_sejak <= s.ditulis AND w.hari_terakhir >= s.ditulis) DESC, w.berlaku_sejak DESC LIMIT 1
  ) w
), jejak AS (
  SELECT * FROM tempat
  UNION
  SELECT j.periode, j.kode_kab, j.kode_desa, j.ditulis, j.hari, w.kode, w.berlaku_sejak, w.hari_terakhir
  FROM jejak j CROSS JOIN LATERAL (
    SELECT s.kode_lama AS kode, s.sejak_lama AS sejak FROM silsilah s
    WHERE j.sejak > j.hari AND s.kode_baru = j.kode AND s.sejak_baru = j.sejak
    UNION ALL SELECT s.kode_baru, s.sejak_baru FROM silsilah s
    WHERE j.hari_terakhir < j.hari AND s.kode_lama = j.kode AND s.sejak_lama = j.sejak
  ) t JOIN wilayah w ON w.kode_kab = left(t.kode, 5) AND w.kode = t.kode AND w.berlaku_sejak = t.sejak
), letak AS MATERIALIZED (
  SELECT jsonb_object_agg(concat_ws('|', t.periode, t.kode_desa, t.ditulis), t.kode) AS isi FROM (
    SELECT periode, kode_desa, ditulis, min(left(kode, {panjang})) AS kode FROM jejak
    WHERE sejak <= hari AND hari_terakhir >= hari
    GROUP BY periode, kode_desa, ditulis HAVING count(DISTINCT left(kode, {panjang})) = 1
  ) t
), ada AS MATERIALIZED ({_placed("tercatat")}), ada_wksbm AS MATERIALIZED ({_placed("tercatat_wksbm")})"""


def _placed(cte: str) -> str:
    return f"""SELECT * FROM (
    SELECT s.*, (SELECT isi FROM letak) ->> concat_ws('|', s.periode, s.kode_desa, s.ditulis) AS tujuan FROM {cte} s OFFSET 0
  ) s WHERE s.tujuan IS NOT NULL"""


_JUMLAH = """
  SELECT s.periode, s.elemen, s.tujuan AS kode, '{}'::jsonb AS rincian, sum(s.banyak) AS banyak FROM satuan s
  WHERE NOT s.cabang GROUP BY s.periode, s.elemen, s.tujuan"""


def _by_breakdown(n: Names) -> str:
    """Where a row tells the whole of the breakdown asked for."""
    return f"""
  UNION ALL SELECT s.periode, s.elemen, s.tujuan, g.rincian, sum(s.banyak) FROM satuan s
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(d, s.rincian->d) AS rincian FROM unnest(string_to_array({n.dimensi}, '|')) d OFFSET 0
  ) g
  WHERE {n.dimensi} <> '' AND s.rincian ?& string_to_array({n.dimensi}, '|') GROUP BY s.periode, s.elemen, s.tujuan, g.rincian"""


_DIRINCI = {e: tuple(h.rincian or ()) for e, h in ELEMEN.items() if h.cacah} | {
    e: (d,) for e, d in ELEMEN_WKSBM.items()
}
_DIKENAL = ", ".join(f"('{e}', ARRAY[{', '.join(map(repr, d))}]::text[])" for e, d in _DIRINCI.items())
# elements of things that are counted, and in which register's rows: a kind of social resource, or WKSBM
CACAH = {e: h.jenis for e, h in ELEMEN.items() if h.cacah} | dict.fromkeys(ELEMEN_WKSBM, ("WKSBM",))
TERDAFTAR = (*ELEMEN, *ELEMEN_WKSBM)  # elements that the registers know anything of
_JENIS = ", ".join(f"('{e}', '{j}')" for e, h in ELEMEN.items() for j in h.jenis)


def _object(n: Names, ctes: str) -> str:
    return f"""
WITH RECURSIVE {ctes}
SELECT jsonb_object_agg(t.kunci, t.nilai) AS isi FROM (
  SELECT concat_ws('|', h.periode, h.elemen, h.kode, lower(h.rincian::text)) AS kunci, to_jsonb(h.banyak) AS nilai FROM hasil h
  UNION ALL SELECT m.elemen, '0' FROM (VALUES {_DIKENAL}) m(elemen, dimensi) WHERE m.elemen = ANY({n.elemen})
  UNION ALL SELECT m.elemen || '|', '0' FROM (VALUES {_DIKENAL}) m(elemen, dimensi)
    WHERE m.elemen = ANY({n.elemen}) AND {n.dimensi} <> '' AND string_to_array({n.dimensi}, '|') <@ m.dimensi
) t
"""


def _choices(ctes: str) -> str:
    return f"""
WITH RECURSIVE {ctes}
SELECT jsonb_object_agg(t.kunci, t.rincian) AS isi FROM (
  SELECT concat_ws('|', h.periode, h.elemen, h.kode) AS kunci, jsonb_agg(h.rincian) AS rincian FROM hasil h
  WHERE h.rincian <> '{{}}' GROUP BY 1
) t
"""


_PANJANG = {Tingkat.PROVINSI: 2, Tingkat.KABUPATEN: 5, Tingkat.KECAMATAN: 8, Tingkat.DESA: 13}  # letters of a code


def terdaftar_cte(ikat: Ikat, tingkat: Tingkat, *, rinci: bool) -> CTE:
    """One row, one column `isi`: {"periode|elemen|kode|rincian": count}; and for elements of things counted "elemen" (and,
    where the registers tell the breakdown asked for, "elemen|"): 0. Null where there is nothing at all.

    `ikat`: bound parameters wilayah (text), elemen, periode (text[]), akhir (date[]), dimensi (text, sorted names joined by |),
    and hari (date) for the borders of another day than the period's last. `rinci`: a breakdown is asked.
    """
    n = names(ikat)
    statement = _object(n, _ctes(n, tingkat, rinci=rinci))
    used = {k: b for k, b in ikat.items() if getattr(n, k) in statement}
    return sql_clause(statement, used).columns(isi=JSONB()).cte("terdaftar")


def pilihan_terdaftar(n: Names, tingkat: Tingkat) -> str:
    """A SELECT of one JSON object: {"periode|elemen|kode": [choices the registers know]}. `n`: the same parameters as they
    are written in SQL."""
    return _choices(_ctes(n, tingkat, rinci=True))


def jumlah_terdaftar(n: Names) -> str:
    """A SELECT of (elemen, count) of one kabupaten and one period."""
    return f"WITH RECURSIVE {_ctes(n, Tingkat.KABUPATEN, rinci=False)} SELECT elemen, banyak FROM hasil"


def _ctes(n: Names, tingkat: Tingkat, *, rinci: bool) -> str:
    """A desa is followed to the region asked for; what stands in a kabupaten stays in it but for new borders."""
    panjang = _PANJANG[tingkat]
    later = "hari" in n
    if tingkat > Tingkat.KABUPATEN or (later and tingkat is Tingkat.KABUPATEN):
        days = f"(SELECT periode, CAST({n.hari} AS date) AS hari FROM p)" if later else "p"
        places = [_places("hari" if later else "akhir", days, panjang)]
        first, tujuan = "tercatat", "r.kode_kab"
    else:
        places, first, tujuan = [], "ada", f"r.kode_kab, left(r.kode_kab, {panjang}) AS tujuan"
    sums = _JUMLAH + (_by_breakdown(n) if rinci else "")
    return ", ".join(
        [
            _periods(n),
            _standing(n, first, tujuan),
            berdiri_wksbm(n, f"{first}_wksbm", tujuan),
            *places,
            f"satuan AS ({_units(n, rinci=rinci)})",
            f"hasil AS ({sums})",
        ]
    )
