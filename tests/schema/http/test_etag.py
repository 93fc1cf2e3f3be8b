"""Strong ETags: an answer that has not changed costs no statement, and no change is ever missed."""

import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from hub.base.settings import Settings
from hub.berita import service as modul_berita
from tests.client import Klien
from tests.hub_server import Peladen
from tests.rekap.texts import AJUKAN, SETUJUI, SIMPAN, angka, masukan

AGREGAT = '{ agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) { nilai } }'
NAMA = '{ kabupaten(kode: "53.14") { nama kecamatan { nama desa { nama } } } }'
DAFTAR = "{ daftarRekap(first: 500) { edges { node { id status revisi } } } }"


@pytest.fixture
def semua_perintah(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends, whatever it is about, except the listener's sign of life."""
    catatan: list[str] = []
    for kelas in (psycopg.AsyncCursor, psycopg.AsyncConnection):
        asli: Any = kelas.execute

        async def execute(self: Any, query: Any, *args: Any, asli: Any = asli, **kwargs: Any) -> Any:
            if str(query) != "SELECT 1":
                catatan.append(str(query))
            return await asli(self, query, *args, **kwargs)

        monkeypatch.setattr(kelas, "execute", execute)
    return catatan


def ambil(hub: Klien, query: str, tag: str | None = None, sebagai: str | None = None, **kepala: str) -> httpx.Response:
    if tag is not None:
        kepala["If-None-Match"] = tag
    if sebagai is not None:
        kepala["Authorization"] = f"Bearer {hub.token(sebagai)}"
    return hub.get("/graphql", params={"query": query}, headers=kepala)


def kirim(hub: Klien, mutasi: str, kunci: str) -> None:
    m = masukan("53.15", "F02", "2023", kunci, nilai=[angka("53.15", "BAN05", 100)])
    assert hub.tanya(mutasi, {"m": m}, "53.15")["hasil"]["__typename"] == "RekapDiterima"


def segar(hub: Klien, query: str, sebagai: str | None = None) -> str:
    """The tag of an answer, once news of what was written before has come in."""
    batas = time.monotonic() + 10
    tag = ""
    while (kini := ambil(hub, query, sebagai=sebagai).headers["etag"]) != tag:
        assert time.monotonic() < batas
        tag = kini
        time.sleep(0.1)
    return tag


def test_what_has_not_changed_costs_no_statement(hub: Klien, semua_perintah: list[str]) -> None:
    tag = segar(hub, NAMA)
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert ambil(hub, NAMA).headers["cache-control"] == "public, max-age=0, must-revalidate"
    semua_perintah.clear()
    jawab = ambil(hub, NAMA, tag)
    assert (jawab.status_code, jawab.content, jawab.headers["etag"]) == (304, b"", tag)
    assert {"Authorization", "Accept-Encoding"} <= set(jawab.headers["vary"].replace(" ", "").split(","))
    assert ambil(hub, NAMA, f'"lain", W/{tag}').status_code == 304
    assert semua_perintah == []
    assert ambil(hub, NAMA, '"lain"').status_code == 200
    assert semua_perintah != []  # the recorder does record


def test_head_tells_what_get_would(hub_baca: Klien) -> None:
    polos = {"Accept-Encoding": "identity"}
    dari_get = ambil(hub_baca, NAMA, **polos)
    dari_head = httpx.head(f"{hub_baca.alamat}/graphql", params={"query": NAMA}, headers=polos, timeout=30)
    assert (dari_head.status_code, dari_head.content) == (200, b"")
    for kepala in ("etag", "cache-control", "content-type"):
        assert dari_head.headers[kepala] == dari_get.headers[kepala]
    mutasi = {"query": "mutation { __typename }"}
    assert httpx.head(f"{hub_baca.alamat}/graphql", params=mutasi, timeout=30).status_code == 405


def test_a_caller_with_a_token_costs_its_look_up_only(hub: Klien, semua_perintah: list[str]) -> None:
    tag = segar(hub, DAFTAR, "53")
    assert ambil(hub, DAFTAR, sebagai="53").headers["cache-control"].startswith("private")
    semua_perintah.clear()
    assert ambil(hub, DAFTAR, tag, "53").status_code == 304
    who, token = dict.fromkeys(semua_perintah)  # each is seen twice: of the connection, and of its cursor
    assert "hub.klaim" in who
    assert "FROM token" in token
    salah = hub.get(
        "/graphql", params={"query": DAFTAR}, headers={"If-None-Match": tag, "Authorization": "Bearer hub_salah"}
    )
    assert salah.status_code == 401


def test_who_writes_never_reads_a_stale_304(tuli: Klien) -> None:
    hub = tuli
    for urut in range(3):
        tag = ambil(hub, DAFTAR, sebagai="53.15").headers["etag"]
        kirim(hub, SIMPAN, f"k{urut}")
        jawab = ambil(hub, DAFTAR, tag, "53.15")
        assert jawab.status_code == 200
        assert jawab.headers["etag"] != tag
        (satu,) = [
            e["node"] for e in jawab.json()["data"]["daftarRekap"]["edges"] if e["node"]["id"] == "53.15:F02:2023"
        ]
        assert satu["revisi"] == urut + 1


def test_an_approval_changes_the_publics_tag(hub: Klien) -> None:
    kirim(hub, AJUKAN, "a")
    tag = segar(hub, AGREGAT)
    assert ambil(hub, AGREGAT).json()["data"]["agregat"] == [{"nilai": None}]
    hub.tanya(SETUJUI, {"id": "53.15:F02:2023", "revisi": 1}, "53")
    jawab = ambil(hub, AGREGAT, tag)
    assert (jawab.status_code, jawab.json()["data"]["agregat"]) == (200, [{"nilai": 100}])


@pytest.mark.parametrize(
    ("perintah", "query"),
    [
        ("UPDATE wilayah SET nama = 'Rote' WHERE kode = '53.14'", NAMA),
        ("UPDATE elemen SET nama = 'Lain' WHERE kode = 'BAN05'", '{ formulir(kode: "F02") { elemen { nama } } }'),
        ("DELETE FROM batas", '{ kabupaten(kode: "53.14") { luasKm2 } }'),
        ("TRUNCATE angka", '{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }'),
    ],
)  # fmt: skip
def test_what_others_write_changes_the_tag_within_a_moment(hub: Klien, perintah: str, query: str) -> None:
    tag, sebelum = segar(hub, query), ambil(hub, query).json()
    hub.sql(perintah)
    batas = time.monotonic() + 5
    while (jawab := ambil(hub, query, tag)).status_code == 304:
        assert time.monotonic() < batas
    assert jawab.json() != sebelum


def test_tags_tell_callers_questions_and_encodings_apart(hub_baca: Klien) -> None:
    segar(hub_baca, DAFTAR)
    tag = {
        ambil(hub_baca, DAFTAR).headers["etag"],
        ambil(hub_baca, DAFTAR + " ").headers["etag"],
        ambil(hub_baca, DAFTAR, sebagai="53").headers["etag"],
        ambil(hub_baca, DAFTAR, sebagai="53.14").headers["etag"],
        ambil(hub_baca, DAFTAR, sebagai="53.15").headers["etag"],
        ambil(hub_baca, DAFTAR, **{"Accept-Encoding": "identity"}).headers["etag"],
    }
    assert len(tag) == 6
    query = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    isi = [
        hub_baca.get("/graphql", params={"query": query, "variables": json.dumps({"k": k})}) for k in ("53.14", "53.15")
    ]
    assert isi[0].headers["etag"] != isi[1].headers["etag"]


def test_one_tag_stands_for_the_same_bytes(hub_baca: Klien) -> None:
    segar(hub_baca, NAMA)
    with httpx.Client(base_url=hub_baca.alamat) as klien:
        badan: dict[str, set[bytes]] = {}
        for sandi in ("gzip", "identity", "gzip", "identity"):
            with klien.stream("GET", "/graphql", params={"query": NAMA}, headers={"Accept-Encoding": sandi}) as jawab:
                badan.setdefault(jawab.headers["etag"], set()).add(b"".join(jawab.iter_raw()))
    assert [len(b) for b in badan.values()] == [1, 1]
    (satu,), (dua,) = badan.values()
    assert gzip.decompress(satu) == dua


@pytest.mark.parametrize(
    ("query", "cara"),
    [
        (NAMA, "POST"),
        ('{ kabupaten(kode: "5x") { nama } }', "GET"),
        ('{ agregat(elemen: ["TAK01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }', "GET"),
    ],
)
def test_errors_and_posts_bear_no_tag(hub_baca: Klien, query: str, cara: str) -> None:
    jawab = ambil(hub_baca, query) if cara == "GET" else hub_baca.kirim(query)
    assert "etag" not in jawab.headers


def test_without_a_listener_nothing_is_promised(hub: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = segar(hub, NAMA)
    monkeypatch.setattr(modul_berita, "_JEDA", (1.5, 1.5))
    hub.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hub_berita' "
        "AND datname = current_database()"
    )
    batas = time.monotonic() + 5
    while "etag" in (jawab := ambil(hub, NAMA, tag)).headers:
        assert time.monotonic() < batas
    assert jawab.status_code == 200
    assert jawab.json()["data"]["kabupaten"]["nama"] == "Rote Ndao"
    while "etag" not in (jawab := ambil(hub, NAMA, tag)).headers:
        assert time.monotonic() < batas
        time.sleep(0.05)
    assert (jawab.status_code, jawab.headers["etag"] == tag) == (200, False)  # who knows what was missed


@pytest.mark.parametrize(
    ("zona", "jam", "hari"),
    [
        ("WIB", "2026-03-01T12:00:00", "2026-03-01"),
        ("WIB", "2026-03-01T23:59:30", "2026-03-02"),  # midnight of UTC is nobody's
        ("WIB", "2026-03-01T16:57:30", "2026-03-01"),
        ("WIB", "2026-03-01T16:58:30", None),
        ("WIB", "2026-03-01T17:01:30", None),
        ("WIB", "2026-03-01T17:02:30", "2026-03-02"),
        ("Pacific/Kiritimati", "2026-03-01T10:01:30", None),
        ("America/Sao_Paulo", "2018-11-04T03:01:30", None),  # clocks were put forward at midnight: 1:01
        ("America/Sao_Paulo", "2018-11-04T03:02:30", "2018-11-04"),
    ],
)
def test_around_the_offices_midnight_nobody_promises_which_day_it_is(
    shared_demo_url: str, monkeypatch: pytest.MonkeyPatch, zona: str, jam: str, hari: str | None
) -> None:
    class Jam(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Jam":
            return cls.fromisoformat(jam).replace(tzinfo=UTC)

    peladen = Peladen(shared_demo_url, Settings(zona_waktu=zona))
    peladen.nyala()
    monkeypatch.setattr(modul_berita, "_DEKAT_TENGAH_MALAM", timedelta(minutes=2))
    monkeypatch.setattr(modul_berita, "datetime", Jam)
    versi = peladen.app.state.berita.versi
    peladen.mati()
    assert (versi and versi.rpartition(".")[2]) == hari
