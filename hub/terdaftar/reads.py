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

from hub.akses.closed_figures import reached
from hub.base.kode import Level
from hub.plan.sql_text import Binds, Names, names, sql_clause
from hub.terdaftar.wksbm_reads import ELEMEN_WKSBM, wksbm_cte
from hub.wilayah.first_list import region_day


@dataclass(frozen=True, slots=True)
class _Counting:
    """What one element counts: kinds; a condition on a row `s`; breakdowns (name → choice, an SQL value, null: not told); how
    many a row is; what else is looked at. `counts_things`: things are counted, so none is nought; people nobody knows of are no number."""

    kinds: tuple[str, ...]
    condition: str = "true"
    rincian: Mapping[str, str] | None = None
    amount: str = "1"
    joins: str = ""
    counts_things: bool = True


_TARGET_GROUP = {"sasaran_layanan": "s.sasaran"}


def _people(people_column: str) -> str:
    return f"""CROSS JOIN LATERAL (VALUES ('L', {people_column}_l), ('P', {people_column}_p),
    (NULL, {people_column} - coalesce({people_column}_l, 0) - coalesce({people_column}_p, 0))) o(jk, banyak)"""


_CLIENTS = """CROSS JOIN LATERAL (
    SELECT t.klien_l, t.klien_p, t.klien FROM sumber_daya_terbaca t WHERE t.kode_kab = s.kode_kab AND t.id = s.id) b
  """


def _paper(kind: str) -> str:
    return f"""CROSS JOIN LATERAL (
    SELECT t.peringkat, t.cakupan FROM surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = '{kind}'
      AND t.sejak <= s.akhir AND (t.sampai IS NULL OR t.sampai > s.akhir) ORDER BY t.sejak DESC LIMIT 1) t"""


ELEMEN: dict[str, _Counting] = {
    "LEM01": _Counting(("PANTI",), "s.pemilik <> 'MASYARAKAT'", {"pemilik": "s.pemilik", **_TARGET_GROUP}),
    "LEM02": _Counting(("PANTI",), "s.pemilik = 'MASYARAKAT'", _TARGET_GROUP),
    "LEM03": _Counting(("PANTI",), "s.daya_tampung IS NOT NULL", _TARGET_GROUP, "s.daya_tampung", counts_things=False),
    # whom single institutions serve: for those alone who reach all of the region, so that no sum is less than the whole
    "LEM04": _Counting(
        ("PANTI", "LKS", "LK3", "RUMAH_SINGGAH"), f"o.banyak IS NOT NULL AND {reached('left(s.tujuan, 5)')}",
        {"JK": "o.jk", **_TARGET_GROUP}, "o.banyak", _CLIENTS + _people("b.klien"), counts_things=False,
    ),
    "LEM05": _Counting(("LKS",), "s.pemilik = 'MASYARAKAT'", _TARGET_GROUP),
    "LEM06": _Counting(("LK3",)),
    "LEM07": _Counting(("RUMAH_SINGGAH",)),
    "LEM08": _Counting(
        ("LKS", "PANTI"), "true",
        {"cakupan_lks": "CASE coalesce(t.cakupan, s.cakupan) WHEN 'KOTA' THEN 'kabupaten/kota' ELSE lower(coalesce(t.cakupan, s.cakupan)) END"},
        joins=_paper("TANDA_DAFTAR"),
    ),
    "LEM09": _Counting(("LKS", "PANTI"), "true", {"akreditasi": "t.peringkat"}, joins=_paper("AKREDITASI")),
    "LEM10": _Counting(("SLRT",), "true", {"sumber_dana": "s.sumber_dana"}),
    "LEM11": _Counting(("PUSKESOS",)),
    "LEM14": _Counting(("KARANG_TARUNA",), "true", {"klasifikasi": "lower(s.klasifikasi)"}),
    "LEM15": _Counting(
        ("KARANG_TARUNA",), "o.banyak IS NOT NULL", {"JK": "o.jk"}, "o.banyak", _people("s.pengurus"), counts_things=False
    ),
    "LEM17": _Counting(
        ("KAMPUNG_SIAGA_BENCANA",), "o.ada", {"sarana_ksb": "o.sarana"},
        joins="CROSS JOIN LATERAL (VALUES (NULL, true), ('lumbung', s.lumbung), ('gardu', s.gardu)) o(sarana, ada)",
    ),
    "LOG01": _Counting(("GUDANG_BENCANA",), "true", {"pemilik": "s.pemilik"}),
}  # fmt: skip
# choices that do not part the whole: such a row counts under its choice only, and one without a choice counts in the whole
_NOT_A_PART = {"LEM17": "o.sarana IS NOT NULL"}


def _periods(n: Names) -> str:
    return f"""p AS (
  SELECT p.*, {region_day(n.wilayah, "p.akhir")} AS hari_wilayah
  FROM unnest(CAST({n.periode} AS text[]), CAST({n.akhir} AS date[])) AS p(periode, akhir))"""


def _standing(n: Names, cte: str, target: str) -> str:
    """Found by the code asked for, like the regions."""
    return f"""
{cte} AS MATERIALIZED (
  SELECT {target}, p.periode, p.akhir, r.id, r.jenis, r.pemilik, r.kode_desa,
    least(r.hari_terakhir, r.diubah_pada::date) AS ditulis, lower(r.sasaran) AS sasaran, r.daya_tampung,
    r.cakupan, r.klasifikasi, r.pengurus_l, r.pengurus_p, r.pengurus, r.lumbung, r.gardu,
    CASE WHEN upper(r.sumber_dana) IN ('APBN', 'APBD', 'DAK') THEN upper(r.sumber_dana) ELSE lower(r.sumber_dana) END AS sumber_dana
  FROM p JOIN sumber_daya r ON r.kode_kab >= left({n.wilayah}, 5) AND r.kode_kab < left({n.wilayah}, 5) || '/'
    AND r.jenis = ANY(ARRAY(SELECT m.jenis FROM (VALUES {_KINDS}) m(elemen, jenis) WHERE m.elemen = ANY({n.elemen})))
    AND r.sejak <= p.akhir AND r.hari_terakhir >= p.akhir
)"""


def _of_element(n: Names, elemen: str, h: _Counting, *, detailed: bool) -> str:
    pairs = ", ".join(f"'{d}', {value}" for d, value in (h.rincian or {}).items())
    rincian = f"jsonb_strip_nulls(jsonb_build_object({pairs}))" if detailed else "NULL::jsonb"
    kinds = ", ".join(f"'{j}'" for j in h.kinds)
    return f"""SELECT s.periode, s.tujuan, '{elemen}' AS elemen, {rincian} AS rincian,
    ({h.amount})::bigint AS banyak, {_NOT_A_PART.get(elemen, "false")} AS cabang
  FROM ada s {h.joins} WHERE '{elemen}' = ANY({n.elemen}) AND s.jenis IN ({kinds}) AND {h.condition}"""


def _of_wksbm(*, detailed: bool) -> str:
    rincian = "s.rincian" if detailed else "NULL::jsonb"
    return f"SELECT s.periode, s.tujuan, s.elemen, {rincian}, 1::bigint, false FROM ada_wksbm s"


def _units(n: Names, *, detailed: bool) -> str:
    """What counts, row by row: periode, tujuan (the region it counts in), elemen, rincian, banyak, cabang (under its choices
    only).
    """
    sumber_daya = [_of_element(n, elemen, h, detailed=detailed) for elemen, h in ELEMEN.items()]
    return "\n  UNION ALL ".join([*sumber_daya, _of_wksbm(detailed=detailed)])


def _places(day_column: str, days: str, length: int) -> str:
    """Where the desa of each row lies on the borders asked for. One JSON object, looked up row by row: a join would be
    planned for the few rows that PostgreSQL expects of such a chain."""
    return f"""
tempat AS (
  SELECT s.*, p.{day_column} AS hari, w.kode, w.berlaku_sejak AS sejak, w.hari_terakhir
  FROM (SELECT periode, kode_kab, kode_desa, ditulis FROM tercatat
    UNION SELECT periode, kode_kab, kode_desa, ditulis FROM tercatat_wksbm) s JOIN {days} p ON p.periode = s.periode
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
    SELECT periode, kode_desa, ditulis, min(left(kode, {length})) AS kode FROM jejak
    WHERE sejak <= hari AND hari_terakhir >= hari
    GROUP BY periode, kode_desa, ditulis HAVING count(DISTINCT left(kode, {length})) = 1
  ) t
), ada AS MATERIALIZED ({_placed("tercatat")}), ada_wksbm AS MATERIALIZED ({_placed("tercatat_wksbm")})"""


def _placed(cte: str) -> str:
    return f"""SELECT * FROM (
    SELECT s.*, (SELECT isi FROM letak) ->> concat_ws('|', s.periode, s.kode_desa, s.ditulis) AS tujuan FROM {cte} s OFFSET 0
  ) s WHERE s.tujuan IS NOT NULL"""


_SUMS = """
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


# of things counted: element → the breakdowns that the registers know
BREAKDOWNS = {e: tuple(h.rincian or ()) for e, h in ELEMEN.items() if h.counts_things} | {
    e: (d,) for e, d in ELEMEN_WKSBM.items()
}
OVERLAPPING = frozenset(_NOT_A_PART)  # elements of which one thing may have several choices
_KNOWN = ", ".join(f"('{e}', ARRAY[{', '.join(map(repr, d))}]::text[])" for e, d in BREAKDOWNS.items())
# elements of things that are counted, and in which register's rows: a kind of social resource, or WKSBM
COUNTED_THINGS = {e: h.kinds for e, h in ELEMEN.items() if h.counts_things} | dict.fromkeys(ELEMEN_WKSBM, ("WKSBM",))
TERDAFTAR = (*ELEMEN, *ELEMEN_WKSBM)  # elements that the registers know anything of
_KINDS = ", ".join(f"('{e}', '{j}')" for e, h in ELEMEN.items() for j in h.kinds)


def _object(n: Names, ctes: str) -> str:
    return f"""
WITH RECURSIVE {ctes}
SELECT jsonb_object_agg(t.kunci, t.nilai) AS isi FROM (
  SELECT concat_ws('|', h.periode, h.elemen, h.kode, lower(h.rincian::text)) AS kunci, to_jsonb(h.banyak) AS nilai FROM hasil h
  UNION ALL SELECT m.elemen, '0' FROM (VALUES {_KNOWN}) m(elemen, dimensi) WHERE m.elemen = ANY({n.elemen})
  UNION ALL SELECT m.elemen || '|', '0' FROM (VALUES {_KNOWN}) m(elemen, dimensi)
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


def counts_of_kabupaten(n: Names) -> str:
    """A SELECT of one JSON object of things counted, of a province and of what lies in it: {"periode|elemen|kabupaten": count} where
    there are any, {"periode|elemen": count} of the whole province, {"periode|kabupaten": count} of all that its register holds.
    `n`: wilayah, periode, akhir as they are written in SQL."""
    branches = "\n  UNION ALL ".join(
        f"SELECT s.periode, '{e}', s.kode_kab FROM ada s {'' if e in _NOT_A_PART else h.joins} "
        f"WHERE s.jenis IN ({', '.join(map(repr, h.kinds))}) AND {'true' if e in _NOT_A_PART else h.condition}"
        for e, h in ELEMEN.items()
        if h.counts_things
    )
    return f"""WITH {_periods(n)}, ada AS MATERIALIZED (
  SELECT p.periode, p.akhir, s.kode_kab, s.id, s.jenis, s.pemilik FROM p JOIN sumber_daya s ON s.kode_kab >= left({n.wilayah}, 2)
    AND s.kode_kab < left({n.wilayah}, 2) || '/' AND s.sejak <= p.akhir AND s.hari_terakhir >= p.akhir
), benda(periode, elemen, kode_kab) AS ({branches})
SELECT jsonb_object_agg(k.kunci, k.banyak ORDER BY k.kunci) AS isi FROM (
  SELECT concat_ws('|', periode, elemen, kode_kab) AS kunci, count(*) AS banyak FROM benda
  GROUP BY GROUPING SETS ((periode, elemen), (periode, elemen, kode_kab))
  UNION ALL SELECT concat_ws('|', periode, kode_kab), count(*) FROM ada GROUP BY periode, kode_kab) k"""


_CODE_LENGTHS = {Level.PROVINSI: 2, Level.KABUPATEN: 5, Level.KECAMATAN: 8, Level.DESA: 13}  # letters of a code


def terdaftar_cte(binds: Binds, level: Level, *, detailed: bool) -> CTE:
    """One row, one column `isi`: {"periode|elemen|kode|rincian": count}; and for elements of things counted "elemen" (and,
    where the registers tell the breakdown asked for, "elemen|"): 0. Null where there is nothing at all.

    `binds`: bound parameters wilayah (text), elemen, periode (text[]), akhir (date[]), dimensi (text, sorted names joined by |),
    and hari (date) for the borders of another day than the period's last. `detailed`: a breakdown is asked.
    """
    n = names(binds)
    statement = _object(n, _ctes(n, level, detailed=detailed))
    used = {k: b for k, b in binds.items() if getattr(n, k) in statement}
    return sql_clause(statement, used).columns(isi=JSONB()).cte("terdaftar")


def pilihan_terdaftar(n: Names, level: Level) -> str:
    """A SELECT of one JSON object: {"periode|elemen|kode": [choices the registers know]}. `n`: the same parameters as they
    are written in SQL."""
    return _choices(_ctes(n, level, detailed=True))


def terdaftar_counts(n: Names, level: Level, *, detailed: bool) -> str:
    """A SELECT of (kode, elemen, rincian, count) of one period, for the regions of a level within one kabupaten (or above it);
    where nothing is there is no row."""
    return f"WITH RECURSIVE {_ctes(n, level, detailed=detailed)} SELECT kode, elemen, rincian, banyak FROM hasil"


def _ctes(n: Names, level: Level, *, detailed: bool) -> str:
    """A desa is followed to the region asked for; what stands in a kabupaten stays in it but for new borders."""
    length = _CODE_LENGTHS[level]
    later = "hari" in n
    if level > Level.KABUPATEN or (later and level is Level.KABUPATEN):
        days = f"(SELECT periode, CAST({n.hari} AS date) AS hari FROM p)" if later else "p"
        places = [_places("hari" if later else "hari_wilayah", days, length)]
        first, target = "tercatat", "r.kode_kab"
    else:
        places, first, target = [], "ada", f"r.kode_kab, left(r.kode_kab, {length}) AS tujuan"
    sums = _SUMS + (_by_breakdown(n) if detailed else "")
    return ", ".join(
        [
            _periods(n),
            _standing(n, first, target),
            wksbm_cte(n, f"{first}_wksbm", target),
            *places,
            f"satuan AS ({_units(n, detailed=detailed)})",
            f"hasil AS ({sums})",
        ]
    )
