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
from hub.berita import service as berita_service
from tests.client import Client
from tests.hub_server import Server
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission

AGREGAT = '{ agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) { nilai } }'
NAMES = '{ kabupaten(kode: "53.14") { nama kecamatan { nama desa { nama } } } }'
LISTING = "{ daftarRekap(first: 500) { edges { node { id status revisi } } } }"


@pytest.fixture
def all_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends, whatever it is about, except the listener's sign of life."""
    statements: list[str] = []
    for sender in (psycopg.AsyncCursor, psycopg.AsyncConnection):
        original: Any = sender.execute

        async def execute(self: Any, query: Any, *args: Any, original: Any = original, **kwargs: Any) -> Any:
            if str(query) != "SELECT 1":
                statements.append(str(query))
            return await original(self, query, *args, **kwargs)

        monkeypatch.setattr(sender, "execute", execute)
    return statements


def fetch(
    hub: Client, query: str, tag: str | None = None, as_whom: str | None = None, **headers: str
) -> httpx.Response:
    if tag is not None:
        headers["If-None-Match"] = tag
    if as_whom is not None:
        headers["Authorization"] = f"Bearer {hub.token(as_whom)}"
    return hub.get("/graphql", params={"query": query}, headers=headers)


def send(hub: Client, mutation: str, idempotency_key: str) -> None:
    m = submission("53.15", "F02", "2023", idempotency_key, nilai=[angka("53.15", "BAN05", 100)])
    assert hub.ask(mutation, {"m": m}, "53.15")["hasil"]["__typename"] == "RekapDiterima"


def fresh_tag(hub: Client, query: str, as_whom: str | None = None) -> str:
    """The tag of an answer, once news of what was written before has come in."""
    deadline = time.monotonic() + 10
    tag = ""
    while (current := fetch(hub, query, as_whom=as_whom).headers["etag"]) != tag:
        assert time.monotonic() < deadline
        tag = current
        time.sleep(0.1)
    return tag


def test_what_has_not_changed_costs_no_statement(hub: Client, all_statements: list[str]) -> None:
    tag = fresh_tag(hub, NAMES)
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert fetch(hub, NAMES).headers["cache-control"] == "public, max-age=0, must-revalidate"
    all_statements.clear()
    response = fetch(hub, NAMES, tag)
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
    assert {"Authorization", "Accept-Encoding"} <= set(response.headers["vary"].replace(" ", "").split(","))
    assert fetch(hub, NAMES, f'"lain", W/{tag}').status_code == 304
    assert all_statements == []
    assert fetch(hub, NAMES, '"lain"').status_code == 200
    assert all_statements != []  # the recorder does record


def test_head_tells_what_get_would(read_hub: Client) -> None:
    plain = {"Accept-Encoding": "identity"}
    by_get = fetch(read_hub, NAMES, **plain)
    by_head = httpx.head(f"{read_hub.address}/graphql", params={"query": NAMES}, headers=plain, timeout=30)
    assert (by_head.status_code, by_head.content) == (200, b"")
    for header in ("etag", "cache-control", "content-type"):
        assert by_head.headers[header] == by_get.headers[header]
    mutation = {"query": "mutation { __typename }"}
    assert httpx.head(f"{read_hub.address}/graphql", params=mutation, timeout=30).status_code == 405


def test_a_caller_with_a_token_costs_its_look_up_only(hub: Client, all_statements: list[str]) -> None:
    tag = fresh_tag(hub, LISTING, "53")
    assert fetch(hub, LISTING, as_whom="53").headers["cache-control"].startswith("private")
    all_statements.clear()
    assert fetch(hub, LISTING, tag, "53").status_code == 304
    who, token = dict.fromkeys(all_statements)  # each is seen twice: of the connection, and of its cursor
    assert "hub.klaim" in who
    assert "FROM token" in token
    wrong = hub.get(
        "/graphql", params={"query": LISTING}, headers={"If-None-Match": tag, "Authorization": "Bearer hub_salah"}
    )
    assert wrong.status_code == 401


def test_who_writes_never_reads_a_stale_304(deaf: Client) -> None:
    hub = deaf
    for turn in range(3):
        tag = fetch(hub, LISTING, as_whom="53.15").headers["etag"]
        send(hub, SAVE, f"k{turn}")
        response = fetch(hub, LISTING, tag, "53.15")
        assert response.status_code == 200
        assert response.headers["etag"] != tag
        (one,) = [
            e["node"] for e in response.json()["data"]["daftarRekap"]["edges"] if e["node"]["id"] == "53.15:F02:2023"
        ]
        assert one["revisi"] == turn + 1


def test_an_approval_changes_the_publics_tag(hub: Client) -> None:
    send(hub, SUBMIT, "a")
    tag = fresh_tag(hub, AGREGAT)
    assert fetch(hub, AGREGAT).json()["data"]["agregat"] == [{"nilai": None}]
    hub.ask(APPROVE, {"id": "53.15:F02:2023", "revisi": 1}, "53")
    response = fetch(hub, AGREGAT, tag)
    assert (response.status_code, response.json()["data"]["agregat"]) == (200, [{"nilai": 100}])


@pytest.mark.parametrize(
    ("statement", "query"),
    [
        ("UPDATE wilayah SET nama = 'Rote' WHERE kode = '53.14'", NAMES),
        ("UPDATE elemen SET nama = 'Lain' WHERE kode = 'BAN05'", '{ formulir(kode: "F02") { elemen { nama } } }'),
        ("DELETE FROM batas", '{ kabupaten(kode: "53.14") { luasKm2 } }'),
        ("TRUNCATE angka_rilis", '{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }'),
    ],
)  # fmt: skip
def test_what_others_write_changes_the_tag_within_a_moment(hub: Client, statement: str, query: str) -> None:
    tag, before = fresh_tag(hub, query), fetch(hub, query).json()
    hub.sql(statement)
    deadline = time.monotonic() + 5
    while (response := fetch(hub, query, tag)).status_code == 304:
        assert time.monotonic() < deadline
    assert response.json() != before


def test_tags_tell_callers_questions_and_encodings_apart(read_hub: Client) -> None:
    fresh_tag(read_hub, LISTING)
    tag = {
        fetch(read_hub, LISTING).headers["etag"],
        fetch(read_hub, LISTING + " ").headers["etag"],
        fetch(read_hub, LISTING, as_whom="53").headers["etag"],
        fetch(read_hub, LISTING, as_whom="53.14").headers["etag"],
        fetch(read_hub, LISTING, as_whom="53.15").headers["etag"],
        fetch(read_hub, LISTING, **{"Accept-Encoding": "identity"}).headers["etag"],
    }
    assert len(tag) == 6
    query = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    responses = [
        read_hub.get("/graphql", params={"query": query, "variables": json.dumps({"k": k})}) for k in ("53.14", "53.15")
    ]
    assert responses[0].headers["etag"] != responses[1].headers["etag"]


def test_one_tag_stands_for_the_same_bytes(read_hub: Client) -> None:
    fresh_tag(read_hub, NAMES)
    with httpx.Client(base_url=read_hub.address) as client:
        bodies: dict[str, set[bytes]] = {}
        for encoding in ("gzip", "identity", "gzip", "identity"):
            with client.stream(
                "GET", "/graphql", params={"query": NAMES}, headers={"Accept-Encoding": encoding}
            ) as response:
                bodies.setdefault(response.headers["etag"], set()).add(b"".join(response.iter_raw()))
    assert [len(b) for b in bodies.values()] == [1, 1]
    (compressed,), (plain,) = bodies.values()
    assert gzip.decompress(compressed) == plain


@pytest.mark.parametrize(
    ("query", "method"),
    [
        (NAMES, "POST"),
        ('{ kabupaten(kode: "5x") { nama } }', "GET"),
        ('{ agregat(elemen: ["TAK01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }', "GET"),
    ],
)
def test_errors_and_posts_bear_no_tag(read_hub: Client, query: str, method: str) -> None:
    response = fetch(read_hub, query) if method == "GET" else read_hub.send(query)
    assert "etag" not in response.headers


def test_without_a_listener_nothing_is_promised(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = fresh_tag(hub, NAMES)
    monkeypatch.setattr(berita_service, "_PAUSES", (1.5, 1.5))
    hub.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hub_berita' "
        "AND datname = current_database()"
    )
    deadline = time.monotonic() + 5
    while "etag" in (response := fetch(hub, NAMES, tag)).headers:
        assert time.monotonic() < deadline
    assert response.status_code == 200
    assert response.json()["data"]["kabupaten"]["nama"] == "Rote Ndao"
    while "etag" not in (response := fetch(hub, NAMES, tag)).headers:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (response.status_code, response.headers["etag"] == tag) == (200, False)  # who knows what was missed


@pytest.mark.parametrize(
    ("zone", "clock", "day"),
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
    shared_demo_url: str, monkeypatch: pytest.MonkeyPatch, zone: str, clock: str, day: str | None
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls.fromisoformat(clock).replace(tzinfo=UTC)

    server = Server(shared_demo_url, Settings(zona_waktu=zone))
    server.start()
    monkeypatch.setattr(berita_service, "_NEAR_MIDNIGHT", timedelta(minutes=2))
    monkeypatch.setattr(berita_service, "datetime", Clock)
    version = server.app.state.berita.version
    server.stop()
    assert (version and version.rpartition(".")[2]) == day
