"""Figures as they were reported are their offices' alone, said in plain SQL as the database roles; everybody else has what was
released of them."""

import psycopg
import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.schema.closed_figures import KAB, build

RAW = (
    "angka",
    "angka_riwayat",
    "angka_tertulis",
    "angka_tertulis_riwayat",
    "rekap_nilai",
    "rekap_total",
    "rekap_temuan",
)
# what the next release has to know of earlier ones
DECISIONS = ("rilis_kantor", "rilis_total", "rilis_tunggu", "rilis_tarik")
OF_ALL = ("angka_terbaca", "angka_riwayat_terbaca", "angka_tertulis_terbaca", "rekap_nilai_terbaca")
OF_OFFICES = ("rekap_total_terbaca", "rekap_temuan_terbaca", "rekap_revisi_terbaca")
SIBLING = "53.15"
# marked so that whoever meets it has seen what is raw
_MARK = 771_001


@pytest.fixture(scope="module")
def filled(module_hub: Client) -> Client:
    hub = module_hub
    build(hub)
    hub.sql("INSERT INTO rilis_kantor (kode_kab, elemen, periode, versi, isi, keperluan, ruang, jalur, terancam) "
            "VALUES (%s, 'KTK01', '2021', 0, '[]', '[]', '[]', '{}', 0)", KAB)  # fmt: skip
    hub.sql("INSERT INTO rilis_total (kode_kab, elemen, periode, rincian, versi, nilai, bagian) "
            "VALUES ('53', 'KTK01', '2021', '{}', 0, 771001, '{}')")  # fmt: skip
    hub.sql(
        "INSERT INTO rilis_tunggu (kode_kab, elemen, periode, rincian, sebab) VALUES (%s, 'KTK01', '2021', '{}', 'REVISI')",
        KAB,
    )
    hub.sql("INSERT INTO rilis_tarik (kode_kab, elemen, periode, alasan) VALUES (%s, 'KTK01', '2021', 'uji')", KAB)
    for table in (*RAW, *DECISIONS):
        assert hub.sql(f"SELECT count(*) FROM {table} WHERE kode_kab IN ('53', %s)", KAB) > [(0,)], table
    return hub


@pytest.mark.parametrize("table", [*RAW, *DECISIONS, "ambang_rilis"])
def test_the_public_has_no_right_on_what_is_raw(filled: Client, table: str) -> None:
    with psycopg.connect(filled.url) as conn:
        take_role(conn, "hub_publik", "")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(f"SELECT FROM {table} LIMIT 1")


@pytest.mark.parametrize("table", [*RAW, *OF_OFFICES])
def test_an_office_reads_nothing_raw_of_its_sibling_and_its_own(filled: Client, table: str) -> None:
    for wilayah, kab, sees in ((SIBLING, KAB, False), (SIBLING, "53", False), (KAB, KAB, True)):
        with psycopg.connect(filled.url) as conn:
            take_role(conn, "hub_kabupaten", wilayah)
            (found,) = conn.execute(f"SELECT count(*) > 0 FROM {table} WHERE kode_kab = %s AND kode_kab <> %s OR kode_kab = %s AND %s",
                                    (kab, wilayah, kab, wilayah == kab)).fetchone() or (None,)  # fmt: skip
            assert found is sees, (wilayah, kab)


@pytest.mark.parametrize("table", DECISIONS)
def test_no_kabupaten_reads_what_decisions_are_made_of(filled: Client, table: str) -> None:
    for wilayah in (KAB, SIBLING):
        with psycopg.connect(filled.url) as conn:
            take_role(conn, "hub_kabupaten", wilayah)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"SELECT FROM {table} LIMIT 1")


@pytest.mark.parametrize(("role", "wilayah", "schema"), [
    ("hub_publik", "", "publik, public"), ("hub_publik", "", "public"), ("hub_kabupaten", SIBLING, "public"), ("hub_provinsi", "36", "public"),
])  # fmt: skip
def test_whoever_does_not_reach_an_office_reads_what_was_released(
    filled: Client, role: str, wilayah: str, schema: str
) -> None:
    figure = "kode_kab = %s AND elemen = 'KTK01' AND periode = '2021'"
    with psycopg.connect(filled.url) as conn:
        conn.execute(f"SET search_path = {schema}")
        take_role(conn, role, wilayah)
        rows = conn.execute(f"SELECT nilai, status FROM angka_terbaca WHERE {figure}", (KAB,)).fetchall()
        assert rows == [(None, "DISUPRESI")]
        for table in OF_ALL:
            column = "tertulis" if "tertulis" in table else "nilai"
            assert conn.execute(
                f"SELECT count(*) FROM {table} WHERE {column} BETWEEN 770000 AND 779999"
            ).fetchone() == (0,), table
        for table in OF_OFFICES:
            assert conn.execute(f"SELECT count(*) FROM {table} WHERE kode_kab = %s", (KAB,)).fetchone() == (0,), table
    with psycopg.connect(filled.url) as conn:
        take_role(conn, "hub_provinsi", "53")
        (own,) = conn.execute(f"SELECT max(nilai) FROM angka_terbaca WHERE {figure}", (KAB,)).fetchone() or (None,)
        assert own == 770_002


def test_letters_are_their_offices_alone(filled: Client) -> None:
    """Of the revision that counts the public may know what there is of it, not the letter."""
    letters = "SELECT count(surat_nomor) FROM {} WHERE kode_kab = %s"
    with psycopg.connect(filled.url) as conn:
        take_role(conn, "hub_publik", "")
        assert conn.execute("SELECT revisi FROM rekap_revisi WHERE kode_kab = %s", (KAB,)).fetchall()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(letters.format("rekap_revisi"), (KAB,))
    for role, wilayah, seen in (("hub_publik", "", 0), ("hub_kabupaten", SIBLING, 0), ("hub_provinsi", "36", 0),
                                ("hub_kabupaten", KAB, 2), ("hub_provinsi", "53", 2), ("hub_admin", "", 2)):  # fmt: skip
        with psycopg.connect(filled.url) as conn:
            take_role(conn, role, wilayah)
            assert conn.execute(letters.format("rekap_revisi_terbaca"), (KAB,)).fetchone() == (seen,), (role, wilayah)
