"""Compiled statements join what carries kode_kab on it, and order rows where PostgreSQL promises to keep them so. The property test
of the compiler asks the same of every statement it makes."""

import pytest

from tests.project_files import ROOT
from tests.rules.compiled_sql import joins_without_kode_kab, orders_by_habit

_GOLDEN = sorted((ROOT / "tests" / "schema" / "engine" / "golden").glob("*.sql"))
_DESA = "SELECT k.nama, (SELECT count(*) FROM wilayah AS d WHERE {}d.kode_induk = k.kode) FROM wilayah AS k"


@pytest.mark.parametrize("sql", [f.read_text(encoding="utf-8") for f in _GOLDEN], ids=[f.stem for f in _GOLDEN])
def test_statements_keep_to_a_kabupaten_and_order_what_they_put_together(sql: str) -> None:
    assert joins_without_kode_kab(sql) == []
    assert orders_by_habit(sql) == []


@pytest.mark.parametrize(
    "sql",
    [
        _DESA.format(""),
        "SELECT s.nama FROM sumber_daya AS s JOIN wilayah AS w ON w.kode = s.kode_desa",
        "SELECT 1 FROM wilayah AS w, batas b WHERE b.kode = w.kode AND w.kode_kab = w.kode",
        "WITH d AS (SELECT kode_kab, kode FROM wilayah) SELECT a.nilai FROM d JOIN angka_terbaca a ON a.kode_wilayah = d.kode",
        "SELECT 1 FROM (SELECT asal_kab AS ujung_kab, asal FROM hubungan_wksbm) AS h JOIN wksbm AS w ON w.id = h.asal",
    ],
)
def test_a_join_without_kode_kab_is_found(sql: str) -> None:
    assert len(joins_without_kode_kab(sql)) >= 1


@pytest.mark.parametrize(
    "sql",
    [
        _DESA.format("d.kode_kab = k.kode_kab AND "),
        _DESA.format("d.kode_kab = left(k.kode, 5) AND "),
        "SELECT kode FROM wilayah AS w WHERE w.nama = 'k.kode' ORDER BY w.kode",
        "SELECT e.nama, i.nama FROM elemen AS e JOIN indikator AS i ON i.kode = e.kode",
        "SELECT 1 FROM rekap AS a WHERE a.status = '' UNION ALL SELECT 1 FROM rekap_riwayat AS b WHERE b.status = ''",
    ],
)
def test_a_join_on_kode_kab_or_none_at_all_is_not(sql: str) -> None:
    assert joins_without_kode_kab(sql) == []


def test_the_step_to_the_kabupaten_of_a_province_is_the_only_one_that_may_leave_a_place() -> None:
    step = _DESA.format("").replace("d.kode_induk = k.kode", "d.kode_induk = k.kode AND d.tingkat = 2")
    assert joins_without_kode_kab(step) == []
    assert joins_without_kode_kab(step.replace("= 2", "= 3")) != []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT string_agg(x.nama, ',') FROM (SELECT nama FROM wilayah ORDER BY kode) AS x",
        "SELECT count(*) FROM (SELECT nama FROM wilayah ORDER BY kode) AS x",
        "WITH x AS (SELECT nama FROM wilayah ORDER BY (kode)) SELECT nama FROM x",
        "SELECT json_agg(x.nama) FROM (SELECT nama FROM wilayah ORDER BY kode LIMIT 5) AS x",
        "SELECT array_agg(coalesce(nama, (SELECT 'x' ORDER BY 1))) FROM wilayah",
    ],
)
def test_an_order_by_habit_is_found(sql: str) -> None:
    assert len(orders_by_habit(sql)) >= 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT string_agg(x.nama, ',' ORDER BY (x.kode)) FROM wilayah AS x",
        "SELECT array_to_string(array((SELECT nama FROM wilayah ORDER BY kode)), ',')",
        "SELECT json_agg(x.nama ORDER BY x.kode) FROM (SELECT * FROM wilayah ORDER BY kode LIMIT 5) AS x",
        "WITH x AS (SELECT DISTINCT ON (kode) nama FROM wilayah ORDER BY kode, berlaku_sejak) SELECT max(nama) FROM x",
        "SELECT row_number() OVER (ORDER BY kode) FROM wilayah ORDER BY kode",
    ],
)
def test_an_order_that_is_kept_is_not(sql: str) -> None:
    assert orders_by_habit(sql) == []
