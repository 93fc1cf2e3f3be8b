"""What the hub's own login cannot do in the hands of somebody else, beside what test_injection tries: ask the views about closed
rows, and say itself when what it writes came to hold."""

import psycopg
import pytest

from hub.db.migrate import migrate
from tests.client import Client
from tests.db.older_schema import go_back
from tests.db.roles import Session, take_role

REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="module")
def hub(module_hub: Client) -> Client:
    """A hub with a closed figure of 53.15, which was another before, and a shelter."""
    for nilai in (880_101, 880_102):
        module_hub.sql("DELETE FROM angka WHERE kode_kab = '53.15' AND elemen = 'KTK01'")
        module_hub.sql(
            "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES ('53.15', 'KTK01', '2023', 2, '', '53.15', '{}', %s, 'ADA', false)", nilai,
        )  # fmt: skip
    module_hub.sql(
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh, daya_tampung, rahasia) VALUES "
        "('53.15', gen_random_uuid(), 'RUMAH_SINGGAH', 'Rumah', 'MASYARAKAT', '53.15.01.2001', '2023-01-01', 'uji', 5, true)"
    )
    return module_hub


# view → what of 53.15 is closed in it, told by columns that everybody may ask about
_CLOSED = {
    "angka_terbaca": "elemen = 'KTK01'",
    "angka_riwayat_terbaca": "elemen = 'KTK01'",
    "sumber_daya_terbaca": "jenis = 'RUMAH_SINGGAH' AND sejak = '2023-01-01'",
}


@pytest.mark.parametrize("view", _CLOSED)
def test_views_ask_nobodys_condition_about_a_closed_row(hub: Client, session: Session, view: str) -> None:
    table, condition = view.removesuffix("_terbaca"), f"kode_kab = '53.15' AND {_CLOSED[view]}"
    assert hub.sql(f"SELECT count(*) FROM {table} WHERE {condition}") == [(1,)], "there must be something to find"
    for role, wilayah in (("hub_publik", ""), ("hub_kabupaten", "53.14"), ("hub_provinsi", "36")):
        take_role(session, role, wilayah)
        session.execute("SELECT set_config('x.y', '', false)")
        for leak in (
            "set_config('x.y', kode_kab, false) IS NULL",
            "set_config('x.y', kode_kab, false)::text <> kode_kab",
            "1 / (CASE WHEN set_config('x.y', kode_kab, false) IS NULL THEN 1 ELSE 0 END) = 1",
        ):
            for ending in ("", " ORDER BY kode_kab", " LIMIT 1"):
                assert session.execute(f"SELECT 1 FROM {view} WHERE {condition} AND {leak}{ending}").fetchall() == []
        assert session.execute("SELECT current_setting('x.y')").fetchone() == ("",), role
    take_role(session, "hub_provinsi", "53")  # it does see what there is
    assert session.execute(
        f"SELECT count(*) FROM {view} WHERE {condition} AND set_config('x.y', kode_kab, false) IS NOT NULL"
    ).fetchone() == (1,)
    assert session.execute("SELECT current_setting('x.y')").fetchone() == ("53.15",)


@pytest.mark.parametrize(
    ("role", "wilayah", "statement"),
    [
        ("hub_provinsi", "53", "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, "
         "turunan, sejak) VALUES ('53.15', 'BAN05', '2024', 2, '', '53.15', '{}', 1, 'ADA', false, '1990-01-01')"),
        ("hub_provinsi", "53", "INSERT INTO angka_tertulis (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis, sejak) "
         "VALUES ('53', 'BAN05', '2024', '53', '', '{}', 1, '1990-01-01')"),
        ("hub_kabupaten", "53.14", "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, sejak) "
         "VALUES ('53.14', 'F02', '2024', 'DRAF', 0, '1990-01-01')"),
        ("hub_kabupaten", "53.14", "INSERT INTO kelengkapan (kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu, sejak) "
         "VALUES ('53.14', 'F02', '2024', 1, 1, 1, 1, '1990-01-01')"),
        ("hub_kabupaten", "53.14", "UPDATE kelengkapan SET sejak = '1990-01-01'"),
    ],
)  # fmt: skip
def test_nobody_says_when_what_he_writes_came_to_hold(
    session: Session, role: str, wilayah: str, statement: str
) -> None:
    """What is dated before it was written would be replaced without a trace, or have been there before it was."""
    take_role(session, role, wilayah)
    with pytest.raises(REFUSED):
        session.execute(statement)
    if "VALUES" in statement:  # all but that he may write
        with session.transaction(force_rollback=True):
            session.execute(statement.replace(", sejak)", ")").replace(", '1990-01-01')", ")"))


_DEADLINE = "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) VALUES ('F02', '2024', %s, 1, '2025-02-01', 'x', %s)"


@pytest.mark.parametrize(
    ("role", "wilayah", "of", "by"),
    [
        ("hub_provinsi", "53", "53.15", ""), ("hub_provinsi", "53", "53.15", "11"), ("hub_provinsi", "53", "11", "53"),
        ("hub_admin", "", "53", "53"), ("hub_kabupaten", "53.15", "53.15", "53.15"), ("hub_publik", "", "53", ""),
    ],
)  # fmt: skip
def test_a_deadline_bears_the_office_that_set_it(session: Session, role: str, wilayah: str, of: str, by: str) -> None:
    take_role(session, role, wilayah)
    with pytest.raises(REFUSED):
        session.execute(_DEADLINE, (of, by))
    with pytest.raises(REFUSED):
        session.execute(_DEADLINE.replace("kantor)", "kantor, pada)").replace("%s)", "%s, '1990-01-01')"), (of, by))
    for statement in ("UPDATE tenggat SET tanggal = '2025-01-01'", "DELETE FROM tenggat", "TRUNCATE tenggat"):
        with pytest.raises(REFUSED):
            session.execute(statement)


@pytest.mark.parametrize(("role", "wilayah", "of"), [("hub_provinsi", "53", "53.15"), ("hub_admin", "", "11")])
def test_who_may_set_it_may(session: Session, role: str, wilayah: str, of: str) -> None:
    take_role(session, role, wilayah)
    with session.transaction(force_rollback=True):
        assert session.execute(_DEADLINE, (of, wilayah)).rowcount == 1


def test_the_time_does_not_depend_on_how_a_session_writes_days(session: Session) -> None:
    take_role(session, "hub_kabupaten", "53.14")
    with session.transaction():
        session.execute("SET datestyle = 'German'; SET timezone = '<X>-100'")
        ((first, second, now),) = session.execute(
            "SELECT hub_saat()::text, hub_saat()::text, hub_saat() = clock_timestamp()"
        ).fetchall()
        assert (first == second, now) == (True, False)
        ((gap,),) = session.execute("SELECT extract(epoch FROM clock_timestamp() - hub_saat())").fetchall()
        assert 0 < gap < 60
        assert session.execute("SHOW datestyle").fetchone() == ("German, DMY",)


def test_what_was_stored_before_is_closed_by_migrating(database_url: str) -> None:
    """A closed element named in small letters, and a small figure of one that may be told from 5 on."""
    go_back(database_url, "0028_peran")
    opened = []
    with psycopg.connect(database_url, autocommit=True) as conn:
        for label, nilai in (("ktk01", 7), ("BEN02", 3), ("BEN02 ", 300), ("I05", 3)):
            conn.execute(
                "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) VALUES "
                "('53.14', 'KIN02', '2023', 2, 'indikator', '53.14', jsonb_build_object('indikator', %s::text), %s, 'ADA', false)",
                (label, nilai),
            )  # fmt: skip
        for further in (False, True):
            if further:
                migrate(database_url, "0029_rapat")
            rows = conn.execute("SELECT rincian->>'indikator', publik, kecil FROM angka ORDER BY nilai, 1").fetchall()
            opened.append(rows)
    before = [("BEN02", True, False), ("I05", True, False), ("ktk01", True, False), ("BEN02 ", True, False)]
    now = [("BEN02", False, True), ("I05", True, False), ("ktk01", False, False), ("BEN02 ", True, False)]
    assert opened == [before, now]
