"""What the registers count, per region, element and period, to be laid beside what the rekap say.

A social resource counts where it stood on the period's last day; a paper where it held that day; of networks (WKSBM) see
`terdaftar_wksbm_source`. It counts in the region in
which its desa lies on the borders asked for: a desa that has another code since is followed through the links between
regions, and where it became several, it counts in the first region above that holds them all.

The counts come as one JSON object, made once per question, from which every row of figures takes its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CTE, BindParameter, text
from sqlalchemy.dialects.postgresql import JSONB

from hub.base.kode import Tingkat
from hub.terdaftar.wksbm_reads import ELEMEN_WKSBM, berdiri_wksbm

Ikat = Mapping[str, BindParameter[object]]


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
_ORANG = """CROSS JOIN LATERAL (VALUES ('L', {0}_l), ('P', {0}_p),
    (NULL, {0} - coalesce({0}_l, 0) - coalesce({0}_p, 0))) o(jk, banyak)"""
_KLIEN = """CROSS JOIN LATERAL (
    SELECT t.klien_l, t.klien_p, t.klien FROM sumber_daya_terbaca t WHERE t.kode_kab = s.kode_kab AND t.id = s.id) b
  """
_SURAT = """CROSS JOIN LATERAL (
    SELECT t.peringkat, t.cakupan FROM surat_sumber_daya t WHERE t.kode_kab = s.kode_kab AND t.id = s.id AND t.jenis = '{0}'
      AND t.sejak <= s.akhir AND (t.sampai IS NULL OR t.sampai > s.akhir) ORDER BY t.sejak DESC LIMIT 1) t"""

ELEMEN: dict[str, _Hitung] = {
    "LEM01": _Hitung(("PANTI",), "s.pemilik <> 'MASYARAKAT'", {"pemilik": "s.pemilik", **_SASARAN}),
    "LEM02": _Hitung(("PANTI",), "s.pemilik = 'MASYARAKAT'", _SASARAN),
    "LEM03": _Hitung(("PANTI",), "s.daya_tampung IS NOT NULL", _SASARAN, "s.daya_tampung", cacah=False),
    # whom single institutions serve: for those alone who reach all of the region, so that no sum is less than the whole
    "LEM04": _Hitung(
        ("PANTI", "LKS", "LK3", "RUMAH_SINGGAH"), "o.banyak IS NOT NULL AND hub_jangkau(left(s.tujuan, 5), (SELECT hub_lingkup()))",
        {"JK": "o.jk", **_SASARAN}, "o.banyak", _KLIEN + _ORANG.format("b.klien"), cacah=False,
    ),
    "LEM05": _Hitung(("LKS",), "s.pemilik = 'MASYARAKAT'", _SASARAN),
    "LEM06": _Hitung(("LK3",)),
    "LEM07": _Hitung(("RUMAH_SINGGAH",)),
    "LEM08": _Hitung(
        ("LKS", "PANTI"), "true",
        {"cakupan_lks": "CASE coalesce(t.cakupan, s.cakupan) WHEN 'KOTA' THEN 'kabupaten/kota' ELSE lower(coalesce(t.cakupan, s.cakupan)) END"},
        dari=_SURAT.format("TANDA_DAFTAR"),
    ),
    "LEM09": _Hitung(("LKS", "PANTI"), "true", {"akreditasi": "t.peringkat"}, dari=_SURAT.format("AKREDITASI")),
    "LEM10": _Hitung(("SLRT",), "true", {"sumber_dana": "s.sumber_dana"}),
    "LEM11": _Hitung(("PUSKESOS",)),
    "LEM14": _Hitung(("KARANG_TARUNA",), "true", {"klasifikasi": "lower(s.klasifikasi)"}),
    "LEM15": _Hitung(
        ("KARANG_TARUNA",), "o.banyak IS NOT NULL", {"JK": "o.jk"}, "o.banyak", _ORANG.format("s.pengurus"), cacah=False
    ),
    "LEM17": _Hitung(
        ("KAMPUNG_SIAGA_BENCANA",), "o.ada", {"sarana_ksb": "o.sarana"},
        dari="CROSS JOIN LATERAL (VALUES (NULL, true), ('lumbung', s.lumbung), ('gardu', s.gardu)) o(sarana, ada)",
    ),
    "LOG01": _Hitung(("GUDANG_BENCANA",), "true", {"pemilik": "s.pemilik"}),
}  # fmt: skip
# choices that do not part the whole: such a row counts under its choice only, and one without a choice counts in the whole
_BUKAN_BAGIAN = {"LEM17": "o.sarana IS NOT NULL"}

_PERIODE = "p AS (SELECT * FROM unnest(CAST({periode} AS text[]), CAST({akhir} AS date[])) AS p(periode, akhir))"

# found by the code asked for, like the regions
_BERDIRI = """
{nama_cte} AS MATERIALIZED (
  SELECT {tujuan}, p.periode, p.akhir, r.id, r.jenis, r.pemilik, r.kode_desa,
    least(r.hari_terakhir, r.diubah_pada::date) AS ditulis, lower(r.sasaran) AS sasaran, r.daya_tampung,
    r.cakupan, r.klasifikasi, r.pengurus_l, r.pengurus_p, r.pengurus, r.lumbung, r.gardu,
    CASE WHEN upper(r.sumber_dana) IN ('APBN', 'APBD', 'DAK') THEN upper(r.sumber_dana) ELSE lower(r.sumber_dana) END AS sumber_dana
  FROM p JOIN sumber_daya r ON r.kode_kab >= left({wilayah}, 5) AND r.kode_kab < left({wilayah}, 5) || '/'
    AND r.jenis = ANY(ARRAY(SELECT m.jenis FROM (VALUES {jenis}) m(elemen, jenis) WHERE m.elemen = ANY({elemen})))
    AND r.sejak <= p.akhir AND r.hari_terakhir >= p.akhir
)"""

_SATU_ELEMEN = """SELECT s.periode, s.tujuan, '{elemen}' AS elemen, {rincian} AS rincian,
    ({banyak})::bigint AS banyak, {cabang} AS cabang
  FROM ada s {dari} WHERE '{elemen}' = ANY({{elemen}}) AND s.jenis IN ({jenis}) AND {syarat}"""

_SATU_WKSBM = "SELECT s.periode, s.tujuan, s.elemen, {rincian}, 1::bigint, false FROM ada_wksbm s"


def _satu(elemen: str, h: _Hitung, *, rinci: bool) -> str:
    pasangan = ", ".join(f"'{d}', {nilai}" for d, nilai in (h.rincian or {}).items())
    return _SATU_ELEMEN.format(
        elemen=elemen,
        rincian=f"jsonb_strip_nulls(jsonb_build_object({pasangan}))" if rinci else "NULL::jsonb",
        banyak=h.banyak,
        cabang=_BUKAN_BAGIAN.get(elemen, "false"),
        dari=h.dari,
        jenis=", ".join(f"'{j}'" for j in h.jenis),
        syarat=h.syarat,
    )


def _satuan(nama: Mapping[str, str], *, rinci: bool) -> str:
    """What counts, row by row: periode, tujuan (the region it counts in), elemen, rincian, banyak, cabang (under its choices
    only).
    """
    sumber_daya = [_satu(elemen, h, rinci=rinci) for elemen, h in ELEMEN.items()]
    wksbm = _SATU_WKSBM.format(rincian="s.rincian" if rinci else "NULL::jsonb")
    return "\n  UNION ALL ".join([*sumber_daya, wksbm]).format(**nama)


# where the desa of each row lies on the borders asked for. One JSON object, looked up row by row: a join would be planned for
# the few rows that PostgreSQL expects of such a chain
_LETAK = """
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
), ada AS MATERIALIZED ({ada}), ada_wksbm AS MATERIALIZED ({ada_wksbm})"""
_ADA = """SELECT * FROM (
    SELECT s.*, (SELECT isi FROM letak) ->> concat_ws('|', s.periode, s.kode_desa, s.ditulis) AS tujuan FROM {0} s OFFSET 0
  ) s WHERE s.tujuan IS NOT NULL"""

_JUMLAH = """
  SELECT s.periode, s.elemen, s.tujuan AS kode, '{{}}'::jsonb AS rincian, sum(s.banyak) AS banyak FROM satuan s
  WHERE NOT s.cabang GROUP BY s.periode, s.elemen, s.tujuan"""
# where a row tells the whole of the breakdown asked for
_PER_RINCIAN = """
  UNION ALL SELECT s.periode, s.elemen, s.tujuan, g.rincian, sum(s.banyak) FROM satuan s
  CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(d, s.rincian->d) AS rincian FROM unnest(string_to_array({dimensi}, '|')) d OFFSET 0
  ) g
  WHERE {dimensi} <> '' AND s.rincian ?& string_to_array({dimensi}, '|') GROUP BY s.periode, s.elemen, s.tujuan, g.rincian"""

_DIRINCI = {e: tuple(h.rincian or ()) for e, h in ELEMEN.items() if h.cacah} | {
    e: (d,) for e, d in ELEMEN_WKSBM.items()
}
_DIKENAL = ", ".join(f"('{e}', ARRAY[{', '.join(map(repr, d))}]::text[])" for e, d in _DIRINCI.items())
# elements of things that are counted, and in which register's rows: a kind of social resource, or WKSBM
CACAH = {e: h.jenis for e, h in ELEMEN.items() if h.cacah} | dict.fromkeys(ELEMEN_WKSBM, ("WKSBM",))
TERDAFTAR = (*ELEMEN, *ELEMEN_WKSBM)  # elements that the registers know anything of
_JENIS = ", ".join(f"('{e}', '{j}')" for e, h in ELEMEN.items() for j in h.jenis)

_OBJEK = """
WITH RECURSIVE {cte}
SELECT jsonb_object_agg(t.kunci, t.nilai) AS isi FROM (
  SELECT concat_ws('|', h.periode, h.elemen, h.kode, lower(h.rincian::text)) AS kunci, to_jsonb(h.banyak) AS nilai FROM hasil h
  UNION ALL SELECT m.elemen, '0' FROM (VALUES {dikenal}) m(elemen, dimensi) WHERE m.elemen = ANY({elemen})
  UNION ALL SELECT m.elemen || '|', '0' FROM (VALUES {dikenal}) m(elemen, dimensi)
    WHERE m.elemen = ANY({elemen}) AND {dimensi} <> '' AND string_to_array({dimensi}, '|') <@ m.dimensi
) t
"""

_PILIHAN = """
WITH RECURSIVE {cte}
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
    nama = {k: f":{b.key}" for k, b in ikat.items()}
    perintah = _susun(_OBJEK, nama, tingkat, rinci=rinci)
    dipakai = [b for k, b in ikat.items() if nama[k] in perintah]
    return text(perintah).bindparams(*dipakai).columns(isi=JSONB()).cte("terdaftar")


def pilihan_terdaftar(nama: Mapping[str, str], tingkat: Tingkat) -> str:
    """A SELECT of one JSON object: {"periode|elemen|kode": [choices the registers know]}. `nama`: the same parameters as they
    are written in SQL."""
    return _susun(_PILIHAN, nama, tingkat, rinci=True)


def jumlah_terdaftar(nama: Mapping[str, str]) -> str:
    """A SELECT of (elemen, count) of one kabupaten and one period."""
    return f"WITH RECURSIVE {_cte(nama, Tingkat.KABUPATEN, rinci=False)} SELECT elemen, banyak FROM hasil"


def _susun(bentuk: str, nama: Mapping[str, str], tingkat: Tingkat, *, rinci: bool) -> str:
    return bentuk.format(**nama, cte=_cte(nama, tingkat, rinci=rinci), dikenal=_DIKENAL)


def _cte(nama: Mapping[str, str], tingkat: Tingkat, *, rinci: bool) -> str:
    """A desa is followed to the region asked for; what stands in a kabupaten stays in it but for new borders."""
    panjang = str(_PANJANG[tingkat])
    if tingkat > Tingkat.KABUPATEN or ("hari" in nama and tingkat is Tingkat.KABUPATEN):
        hari = f"(SELECT periode, CAST({nama['hari']} AS date) AS hari FROM p)" if "hari" in nama else "p"
        batas, ada = (
            "hari" if "hari" in nama else "akhir",
            {"ada": _ADA.format("tercatat"), "ada_wksbm": _ADA.format("tercatat_wksbm")},
        )
        letak, awal, tujuan = [_LETAK.format(batas=batas, hari=hari, panjang=panjang, **ada)], "tercatat", "r.kode_kab"
    else:
        letak, awal, tujuan = [], "ada", f"r.kode_kab, left(r.kode_kab, {panjang}) AS tujuan"
    berdiri = _BERDIRI.format(**nama, jenis=_JENIS, nama_cte=awal, tujuan=tujuan)
    jejaring = berdiri_wksbm(nama, f"{awal}_wksbm", tujuan)
    hasil = (_JUMLAH + (_PER_RINCIAN if rinci else "")).format(**nama)
    satuan = f"satuan AS ({_satuan(nama, rinci=rinci)})"
    return ", ".join([_PERIODE.format(**nama), berdiri, jejaring, *letak, satuan, f"hasil AS ({hasil})"])
