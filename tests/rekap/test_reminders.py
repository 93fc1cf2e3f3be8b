"""Noting that offices were reminded: the text for each, who may, what needs none, who reads it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import login_url
from tests.client import Client
from tests.db.roles import take_role
from tests.hub_server import SETTINGS
from tests.rekap.texts import APPROVE, SAVE, SEND_BACK, SUBMIT, angka, submission

KAB, OTHER, PROV = "53.15", "53.16", "53"
PERIOD = "2023-06"
REMIND = """mutation ($r: [RekapDiminta!]!, $s: String!) { hasil: catatPengingat(rekap: $r, saluran: $s) { __typename
  ... on PengingatTercatat { pesan { kabupaten { kode nama } teks } temuan { kode tingkat pesan wilayah nilai usulan lokasi { indeks kolom } } }
  ... on TidakBerwenang { sebab: pesan } } }"""
COMPLETENESS = """query ($w: KodeWilayah!) { kelengkapan(formulir: ["F02"], periode: ["2023-06"], wilayah: $w) {
  kabupaten { kode } diingatkanPada diingatkanLewat } }"""


def asked(kab: str = KAB, formulir: str = "F02", periode: str = PERIOD) -> dict[str, str]:
    return {"pelapor": kab, "formulir": formulir, "periode": periode}


def remind(hub: Client, *rekap: dict[str, str], as_whom: str | None = PROV, channel: str = "WhatsApp") -> Any:
    return hub.ask(REMIND, {"r": list(rekap), "s": channel}, as_whom)["hasil"]


def kept(hub: Client) -> list[tuple[Any, ...]]:
    return hub.sql("SELECT kode_kab, formulir, periode, hari, status, saluran, oleh, kantor FROM pengingat ORDER BY id")


def reminded_at(hub: Client, as_whom: str | None, kab: str = KAB) -> tuple[Any, Any]:
    (row,) = [b for b in hub.ask(COMPLETENESS, {"w": kab}, as_whom)["kelengkapan"] if b["kabupaten"]["kode"] == kab]
    return row["diingatkanPada"], row["diingatkanLewat"]


def send(hub: Client, text: str, kab: str = KAB) -> Any:
    m = submission(kab, "F02", PERIOD, f"{text[:30]}{kab}", nilai=[angka(kab, "BAN04", 10)])
    return hub.ask(text, {"m": m}, kab)["hasil"]


def test_one_text_an_office_in_the_order_asked_and_every_rekap_noted(hub: Client) -> None:
    send(hub, SAVE, OTHER)
    done = remind(hub, asked(OTHER), asked(KAB, "f05", "2023-TW2"), asked(OTHER, "F03", "2023"), asked(KAB), asked(KAB))
    assert done["temuan"] == []
    assert [p["kabupaten"]["kode"] for p in done["pesan"]] == [OTHER, KAB]
    assert done["pesan"][1]["kabupaten"]["nama"] == "Manggarai Barat"
    first, second = (p["teks"] for p in done["pesan"])
    assert "Bantuan sosial (formulir F02), Juni 2023. Tenggat: 10 Juli 2023 (terlambat " in first
    assert "draf" in first
    assert second.startswith("Yth. Dinas Sosial Kabupaten Manggarai Barat\n")
    assert "triwulan II tahun 2023" in second
    assert second.endswith("Dinas Sosial Provinsi Nusa Tenggara Timur")
    by = f"uji PROVINSI {PROV}"
    assert sorted(kept(hub), key=str) == sorted([
        (OTHER, "F02", PERIOD, None, "DRAF", "WhatsApp", by, PROV), (KAB, "F05", "2023-TW2", None, None, "WhatsApp", by, PROV),
        (OTHER, "F03", "2023", None, None, "WhatsApp", by, PROV), (KAB, "F02", PERIOD, None, None, "WhatsApp", by, PROV),
    ], key=str)  # fmt: skip


def test_a_returned_one_says_how_many_notes_it_has(hub: Client) -> None:
    revision = send(hub, SUBMIT)["revisi"]
    notes = [{"wilayah": KAB, "elemen": "BAN04", "alasan": "Periksa."}]
    key = {"id": f"{KAB}:F02:{PERIOD}", "revisi": revision}
    hub.ask(SEND_BACK, {**key, "alasan": "Periksa lagi.", "catatan": notes}, PROV)
    (message,) = remind(hub, asked())["pesan"]
    assert "dikembalikan dengan 1 catatan" in message["teks"]
    assert "Periksa lagi" not in message["teks"]


def test_what_was_sent_is_left_out_and_said_and_its_office_gets_no_message(hub: Client) -> None:
    revision = send(hub, SUBMIT)["revisi"]
    done = remind(hub, asked(), asked(OTHER))
    assert [p["kabupaten"]["kode"] for p in done["pesan"]] == [OTHER]
    (told,) = done["temuan"]
    assert (told["kode"], told["tingkat"], told["wilayah"], told["nilai"]) == (
        "PENGINGAT_TIDAK_PERLU", "INFO", KAB, f"{KAB}:F02:{PERIOD}",
    )  # fmt: skip
    assert told["lokasi"] == [{"indeks": 0, "kolom": "rekap"}]
    hub.ask(APPROVE, {"id": f"{KAB}:F02:{PERIOD}", "revisi": revision}, PROV)
    assert remind(hub, asked())["pesan"] == []
    assert [k[0] for k in kept(hub)] == [OTHER]


def test_a_quarter_whose_months_all_came_is_not_asked_for(hub: Client) -> None:
    for month in ("2023-04", "2023-05", "2023-06"):
        m = submission(KAB, "F02", month, month, nilai=[angka(KAB, "BAN04", 10)])
        assert hub.ask(SUBMIT, {"m": m}, KAB)["hasil"]["__typename"] == "RekapDiterima"
    assert remind(hub, asked(periode="2023-TW2"))["pesan"] == []
    assert len(remind(hub, asked(periode="2023-TW3"))["pesan"]) == 1


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_noted(hub: Client) -> None:
    far = str(datetime.now(SETTINGS.zone).year + 1)
    done = remind(
        hub, asked(), asked(formulir="F99"), asked(formulir="F05", periode="2023-06"), asked("53.99"), asked("53.15.01"),
        asked("53"), asked(periode=far), as_whom="",
    )  # fmt: skip
    assert done["pesan"] == []
    assert [(t["kode"], t["lokasi"][0]["indeks"], t["lokasi"][0]["kolom"]) for t in done["temuan"]] == [
        ("FORMULIR_TAK_DIKENAL", 1, "formulir"), ("PERIODE_TERLALU_PENDEK", 2, "periode"), ("WILAYAH_TAK_DIKENAL", 3, "pelapor"),
        ("PENGINGAT_WILAYAH", 4, "pelapor"), ("PENGINGAT_WILAYAH", 5, "pelapor"), ("PERIODE_BELUM_MULAI", 6, "periode"),
    ]  # fmt: skip
    assert done["temuan"][1]["usulan"] == "2023-TW2"
    assert kept(hub) == []


@pytest.mark.parametrize("channel", ["", "  ", "x" * 51, "a\nb"])
def test_a_channel_is_a_short_line(hub: Client, channel: str) -> None:
    done = remind(hub, asked(), channel=channel)
    assert [(t["kode"], t["lokasi"][0]["kolom"]) for t in done["temuan"]] == [("TEKS_TIDAK_SAH", "saluran")]
    assert (done["pesan"], kept(hub)) == ([], [])


def test_a_list_is_bounded(hub: Client) -> None:
    done = remind(hub, *[asked(periode=f"{1000 + year}") for year in range(945, 1946)], as_whom="")
    assert [t["kode"] for t in done["temuan"]] == ["PENGINGAT_TERLALU_BANYAK"]


def test_only_the_province_and_who_runs_the_hub_may(hub: Client) -> None:
    for whom in (None, KAB, "36"):
        assert remind(hub, asked(), as_whom=whom)["__typename"] == "TidakBerwenang"
    assert remind(hub, asked(), asked("36.73"))["__typename"] == "TidakBerwenang"
    assert kept(hub) == []
    (message,) = remind(hub, asked(), as_whom="")["pesan"]
    assert message["teks"].endswith("Pengelola hub Dinas Sosial")
    assert remind(hub)["pesan"] == []


def test_a_second_tap_is_no_second_reminder_but_another_channel_is(hub: Client) -> None:
    hub.token(PROV)
    with ThreadPoolExecutor(4) as pool:
        texts = [f.result()["pesan"] for f in [pool.submit(remind, hub, asked()) for _ in range(4)]]
    assert texts[1:] == texts[:-1]
    assert len(kept(hub)) == 1
    remind(hub, asked(), channel="telepon")
    assert [k[5] for k in kept(hub)] == ["WhatsApp", "telepon"]


def test_the_offices_see_when_and_how_and_nobody_else(hub: Client) -> None:
    assert reminded_at(hub, PROV) == (None, None)
    remind(hub, asked())
    at, channel = reminded_at(hub, PROV)
    assert channel == "WhatsApp"
    assert abs(datetime.fromisoformat(at) - datetime.now(SETTINGS.zone)) < timedelta(minutes=1)
    assert reminded_at(hub, KAB) == reminded_at(hub, "") == (at, channel)
    for whom in (None, OTHER, "36"):
        assert reminded_at(hub, whom) == (None, None)
    remind(hub, asked(), channel="telepon")
    assert reminded_at(hub, PROV)[1] == "telepon"


_INSERT = """INSERT INTO pengingat (kode_kab, formulir, periode, id, tenggat, hari, saluran, oleh, kantor)
VALUES (%s, 'F02', '2023', gen_random_uuid(), '2024-01-10', %s, 'x', 'x', %s)"""


def test_the_database_holds_it_too(hub: Client) -> None:
    remind(hub, asked())
    with psycopg.connect(login_url(hub.url)) as conn:
        for role, reach, kab, days, office, allowed in (
            ("hub_provinsi", "53", KAB, None, "53", True),
            ("hub_provinsi", "53", KAB, None, "", False),
            ("hub_provinsi", "53", KAB, 7, "53", False),
            ("hub_provinsi", "36", KAB, None, "36", False),
            ("hub_admin", "", KAB, None, "", True),
            ("hub_admin", "", KAB, None, "53", False),
            ("hub_kabupaten", KAB, KAB, None, KAB, False),
            ("hub_publik", "", KAB, None, "", False),
        ):
            take_role(conn, role, reach)
            if allowed:
                conn.execute(_INSERT, (kab, days, office))
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(_INSERT, (kab, days, office))
            conn.rollback()
        for role, reach, seen in (
            ("hub_provinsi", "53", 1), ("hub_provinsi", "36", 0), ("hub_admin", "", 1), ("hub_kabupaten", KAB, 1),
            ("hub_kabupaten", OTHER, 0), ("hub_publik", "", 0),
        ):  # fmt: skip
            take_role(conn, role, reach)
            assert conn.execute("SELECT count(*) FROM pengingat").fetchone() == (seen,), (role, reach)
            conn.rollback()
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("UPDATE pengingat SET saluran = 'lain'")
    with pytest.raises(psycopg.errors.RestrictViolation):
        hub.sql("DELETE FROM pengingat")
