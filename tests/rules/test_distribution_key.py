"""Every table at or below kabupaten leads its key with kode_kab, and compiled reads join such tables on it: so the
database can be spread over machines by kabupaten as it is. Tables of background jobs are procrastinate's own, in a schema of their
own and no table of ours: they stay on one machine."""

import re

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse
from sqlalchemy import Table

from schema.build import schema
from schema.engine.compiler import Compiler
from tests.project_files import tables

# Small, the same everywhere, copied to every machine. Provinces are no table of their own: they are rows of wilayah.
_REFERENCE = {
    "formulir": "catalogue",
    "elemen": "catalogue",
    "rincian": "catalogue",
    "aturan": "catalogue",
    "indikator": "catalogue",
    "suku_indikator": "catalogue",
    "daftar_kode": "catalogue: code lists",
    "satuan": "catalogue: units",
    "kewajaran": "catalogue: the bounds of what is plausible",
    "katalog_riwayat": "catalogue: every version there ever was",
    "tenggat": "deadlines, by form, period and region: those of a kabupaten beside those of its province",
    "silsilah": "a link may cross a kabupaten's border",
    "barang": "goods a warehouse may hold",
    "simpul_wksbm": "the graph of networks: ids, phases, dates; walked across borders",
    "hubungan_wksbm": "a link between networks may cross a kabupaten's border",
    "hubungan_wksbm_riwayat": "what links were before",
    "mitra_luar": "a partner outside has no place",
    "mitra_luar_riwayat": "what partners were called before",
    "peta_versi": "one row per kind of map",
    "webhook": "one row: whether news are left for another program",
    "kunci_peran": "one row: the key of the hub",
    "token": "found by its hash before anybody knows where the caller belongs",
    "simpul_skema": "schemas of nodes, of which most have the same",
    "undangan": "found by its code's first letters before anybody knows where the caller belongs",
}
_KEYED_BY_KAB = tables().keys() - _REFERENCE.keys()
_READ_TABLES = _KEYED_BY_KAB | {
    "angka_terbaca",
    "angka_riwayat_terbaca",
    "angka_tertulis_terbaca",
    "angka_tertulis_riwayat_terbaca",
    "rekap_nilai_terbaca",
    "rekap_total_terbaca",
    "rekap_temuan_terbaca",
    "rekap_revisi_terbaca",
    "sumber_daya_terbaca",
    "wksbm_terbaca",
    "tahap_wksbm_terbaca",
}  # views, of one table each or of two with one key

_FIGURE_ARGUMENTS = '(periode: ["2020"], elemen: ["BAN01"])'
_WILAYAH = f"""{{ kabupaten(kode: "53.14", pada: "2021-01-01") {{ kode provinsi {{ nama }} kecamatan {{ kode kabupaten {{ nama }} batas
  desa {{ kode titik bbox luasKm2 kecamatan {{ nama }} nilai{_FIGURE_ARGUMENTS} {{ nilai elemen {{ nama }} }} }} }} }} }}"""
_REKAP = """{ rekap(id: "53.14:F05:2020") { pelapor { nama } formulir { nama elemen { kode } }
  nilai { nilai elemen { nama } wilayah { nama kode } } totalTertulis { tertulis wilayah { nama } elemen { kode } }
  riwayat { pada } temuan { pesan lokasi { baris } } } }"""
_WKSBM = """{ wksbm(id: "53.14:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10") { nama desa { nama } riwayatTahap { sejak } anggota { nama }
  kegiatan { uraian } kegiatanKurang { kode } jangkauan { nama desa { nama } } hubungan { garis asal { nama }
    tujuan { __typename ... on Wksbm { nama } ... on SumberDaya { nama } ... on MitraLuar { nama } } } } }"""
_REKAP_LIST = "{ daftarRekap { totalCount edges { node { nilai { nilai } riwayat { pada } pelapor { nama } } } } }"


def test_every_table_is_reference_or_led_by_kode_kab() -> None:
    assert _REFERENCE.keys() <= tables().keys()
    wrong = {t.name: _key(t) for t in tables().values() if t.name in _KEYED_BY_KAB and _key(t)[:1] != ["kode_kab"]}
    assert wrong == {}


def test_no_reference_table_carries_the_key() -> None:
    assert [name for name in _REFERENCE if "kode_kab" in tables()[name].c] == []


def test_no_key_is_a_global_sequence() -> None:
    sequences = [f"{t.name}.{k.name}" for t in tables().values() for k in t.primary_key if k.identity is not None]
    angka = [f"{t.name}.{k.name}" for t in tables().values() for k in t.primary_key if k.autoincrement is True]
    assert sequences + angka == []


@pytest.mark.parametrize(("query", "count"), [(_WILAYAH, 11), (_REKAP, 14), (_WKSBM, 17)])
def test_every_subselect_is_bound_to_a_kabupaten(query: str, count: int) -> None:
    """The root by the code it was asked for, every other by the row it hangs on."""
    sql = _compiled(query)
    bound, unbound = _alias(sql)
    assert unbound == [], sql
    assert len(bound) == count, "the query no longer meets the tables it was written for"


def test_rows_of_a_list_bind_what_hangs_on_them() -> None:
    bound, unbound = _alias(_compiled(_REKAP_LIST))
    assert set(bound) == {"rekap_nilai_terbaca_1", "rekap_peristiwa_1", "wilayah_1", "wilayah_2"}
    assert unbound == ["rekap_1", "rekap_1"]  # the list and its count span kabupaten


def test_only_the_step_from_province_to_kabupaten_leaves_the_kabupaten() -> None:
    sql = _compiled('{ provinsi(kode: "53") { nama kabupaten { nama kecamatan { nama } } } }')
    bound, unbound = _alias(sql)
    assert (len(bound), len(unbound)) == (2, 1)
    assert re.search(rf"\b{unbound[0]}\.tingkat = 2\b", sql)


@pytest.mark.parametrize("level", ["KABUPATEN", "KECAMATAN", "DESA"])
@pytest.mark.parametrize(
    "field",
    [
        'agregat(elemen: ["BAN01"], rincian: ["JK"], {}) {{ tertulis }}',
        'agregat(elemen: ["LEM14"], {}) {{ terdaftar selisihTerdaftar }}',
        'indikator(kode: ["I01"], {}) {{ nilai }}',
    ],
)
def test_figures_below_a_province_are_bound_to_their_region(field: str, level: str) -> None:
    arguments = f'periode: ["2020"], wilayah: "53.14", tingkat: {level}'
    bound, unbound = _alias(_compiled(f"{{ {field.format(arguments)} }}"))
    assert len(bound) >= 6
    # the region asked for, found by its code; and the registers of its province, which say whether nought is an answer
    assert set(unbound) <= ({"r", "s"} if field.startswith("indikator") else {"r"})


def _key(table: Table) -> list[str]:
    return [k.name for k in table.primary_key]


def _compiled(query: str) -> str:
    core = schema()._schema
    assert core.query_type is not None
    (operation,) = parse(query).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    statement = Compiler(core, {}, {}).root(core.query_type.fields[field.name.value], [field]).sql
    assert statement is not None
    return statement


def _alias(sql: str) -> tuple[list[str], list[str]]:
    """Aliases of tables at or below kabupaten: those whose own select holds a kode_kab equality, or adds up per kode_kab,
    and the others."""
    bound: list[str] = []
    unbound: list[str] = []
    for select in _selects(sql):
        for table, alias in re.findall(r"(?:FROM|JOIN|,)\s+(\w+) (?:AS )?([a-z]\w*)\b", select):
            if table in _READ_TABLES:
                equality = (
                    rf"\b{alias}\.kode_kab = (?!{alias}\.)\S|[\w)] = {alias}\.kode_kab\b|GROUP BY {alias}\.kode_kab\b"
                )
                (bound if re.search(equality, select) else unbound).append(alias)
    return bound, unbound


def _selects(sql: str) -> list[str]:
    """Every select in the statement by itself, without the selects inside it."""
    done, unfinished = [], [""]
    for part in re.split(r"([()])", sql):
        if part == "(":
            unfinished.append("")
        elif part == ")":
            inner = unfinished.pop()
            if inner.lstrip().startswith("SELECT"):
                done.append(inner)
                inner = "…"
            unfinished[-1] += f"({inner})"
        else:
            unfinished[-1] += part
    return [*done, *unfinished]
