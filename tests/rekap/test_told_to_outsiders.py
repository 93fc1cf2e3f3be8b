"""What a rekap tells whoever does not reach its reporter: that it is there, and its open cells of the revision that counts."""

from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission

KAB, PROV, OTHER, ELSEWHERE = "53.15", "53", "53.14", "36"
KEY = (KAB, "F02", "2023")
ID = ":".join(KEY)
OUTSIDERS = [None, OTHER, ELSEWHERE]
ROLES = [("hub_publik", ""), ("hub_kabupaten", OTHER), ("hub_provinsi", ELSEWHERE)]
INSIDERS = [("hub_kabupaten", KAB), ("hub_provinsi", PROV), ("hub_admin", "")]
READ = """query ($r: Int, $n: DateTime) { rekap(id: "53.15:F02:2023", pada: $n) {
  revisi nilai(revisi: $r) { nilai } totalTertulis { tertulis dihitung } temuan { kode } riwayat { oleh alasan }
  beda(dari: 1, ke: 2) { lama baru } } }"""


@pytest.fixture
def approved_twice(hub: Client) -> Client:
    """A rekap whose first revision counted until a second one did; both state another total than their figures make."""
    for revision, figure in ((1, 4_242), (2, 9_999)):
        m = submission(*KEY, f"k{revision}", nilai=[angka(KAB, "BAN05", figure)])
        hub.ask(SUBMIT, {"m": {**m, "totalTertulis": [{"elemen": "BAN05", "tertulis": figure}]}}, KAB)
        answer = hub.ask(APPROVE, {"id": ID, "revisi": revision}, PROV)["hasil"]
        assert answer["__typename"] == "RekapDiterima", answer
        if revision == 1:
            hub.ask(REOPEN, {"id": ID, "alasan": "keluarga Bu Ani terhitung dua kali"}, PROV)
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, lokasi) "
        "VALUES (%s, %s, %s, 2, 99, 'UJI', 'INFO', 'BAN05 = 9.999', '[]')", *KEY,
    )  # fmt: skip
    return hub


def _read(hub: Client, as_whom: str | None, **variables: Any) -> dict[str, Any]:
    rekap: dict[str, Any] = hub.ask(READ, variables, as_whom)["rekap"]
    return rekap


@pytest.mark.parametrize("as_whom", OUTSIDERS)
def test_outsiders_are_told_its_open_cells_and_no_more(approved_twice: Client, as_whom: str | None) -> None:
    nothing_else: dict[str, Any] = {"totalTertulis": [], "temuan": [], "riwayat": [], "beda": []}
    open_cells = {"revisi": 2, "nilai": [{"nilai": 9_999}], **nothing_else}
    assert _read(approved_twice, as_whom) == open_cells
    assert _read(approved_twice, as_whom, r=2) == open_cells
    assert _read(approved_twice, as_whom, r=1) == {**open_cells, "nilai": []}


@pytest.mark.parametrize("as_whom", OUTSIDERS)
def test_outsiders_are_told_of_an_earlier_time_what_counted_then(approved_twice: Client, as_whom: str | None) -> None:
    ((then,),) = approved_twice.sql(
        "SELECT to_json(pada) #>> '{}' FROM rekap_peristiwa WHERE kode_kab = %s AND aksi = 'BUKA'", KAB
    )
    assert _read(approved_twice, as_whom, n=then) == {
        "revisi": 1, "nilai": [{"nilai": 4_242}], "totalTertulis": [], "temuan": [], "riwayat": [], "beda": [],
    }  # fmt: skip
    assert _read(approved_twice, as_whom, n=then, r=2)["nilai"] == []


@pytest.mark.parametrize("as_whom", [KAB, PROV, ""])
def test_its_office_and_its_province_are_told_all(approved_twice: Client, as_whom: str) -> None:
    rekap = _read(approved_twice, as_whom)
    assert rekap["nilai"] == [{"nilai": 9_999}]
    assert rekap["totalTertulis"] == [{"tertulis": 9_999, "dihitung": 9_999}]
    assert rekap["beda"] == [{"lama": 4_242, "baru": 9_999}]
    assert "UJI" in {t["kode"] for t in rekap["temuan"]}
    assert {e["oleh"] for e in rekap["riwayat"]} == {f"uji KABUPATEN {KAB}", f"uji PROVINSI {PROV}"}
    assert "keluarga Bu Ani terhitung dua kali" in {e["alasan"] for e in rekap["riwayat"]}
    assert _read(approved_twice, as_whom, r=1)["nilai"] == [{"nilai": 4_242}]


@pytest.mark.parametrize(("role", "wilayah"), [*ROLES, *INSIDERS])
@pytest.mark.parametrize("table", ["rekap_total", "rekap_temuan", "rekap_peristiwa"])
def test_plain_sql_tells_outsiders_no_more(approved_twice: Client, role: str, wilayah: str, table: str) -> None:
    with psycopg.connect(approved_twice.url) as conn:
        take_role(conn, role, wilayah)
        try:
            (rows,) = conn.execute(f"SELECT count(*) FROM {table} WHERE kode_kab = %s", (KAB,)).fetchone() or ()
        except psycopg.errors.InsufficientPrivilege:
            rows = 0
    assert (rows > 0) is ((role, wilayah) in INSIDERS)


# columns that say who or why, and whether every row of their table is everybody's
_WRITERS = """
SELECT c.relname, a.attname, c.relkind = 'r' AND (NOT c.relrowsecurity OR EXISTS (SELECT 1 FROM pg_policies p
  WHERE p.schemaname = 'public' AND p.tablename = c.relname AND %s = ANY(p.roles) AND p.permissive = 'PERMISSIVE'
    AND p.cmd IN ('SELECT', 'ALL') AND p.qual = 'true'))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm') AND a.attname ~ '(^|_)(oleh|alasan)$'
  AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT') ORDER BY 1, 2"""


# whose a row is, where its table does not say so by `kode_kab`
_WHOSE = {
    "catatan_akses": "kode_prov", "hubungan_wksbm": "asal_kab", "hubungan_wksbm_riwayat": "asal_kab",
    "mitra_luar": "pencatat", "mitra_luar_riwayat": "pencatat",
}  # fmt: skip
_FOR_ALL = {"tenggat.alasan"}  # why a day was set is for everybody whom it binds


@pytest.mark.parametrize(("role", "wilayah"), ROLES)
def test_plain_sql_tells_outsiders_nobody_who_wrote_something(read_hub: Client, role: str, wilayah: str) -> None:
    """The name on a token may be a person's, and a reason name one: of no row of another office."""
    told = set()
    with psycopg.connect(read_hub.url) as conn:
        take_role(conn, role, wilayah)
        for table, column, of_all in conn.execute(_WRITERS, (role, role)).fetchall():
            whose = _WHOSE.get(table, "kode_kab")
            rows = f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL AND NOT hub_jangkau({whose}) LIMIT 1"
            if of_all or conn.execute(rows).fetchone():
                told.add(f"{table}.{column}")
    assert told == _FOR_ALL
