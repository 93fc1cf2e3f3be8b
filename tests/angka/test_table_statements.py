"""Tables of figures: what GraphQL answers, in the same order, to whoever asks; all of one moment."""

import asyncio
import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from hub.angka import table_statements
from hub.angka.table_statements import TableQuestion, open_table
from hub.base.actor import Actor, Role
from hub.base.kode import Level
from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.katalog.cache import KatalogCache
from tests.client import Client
from tests.released import release_as_it_is

EVERYBODY = [None, "53", "53.14", "53.15", "36", ""]
_ROW = "periode rincian { rincian pilihan } nilai status"
AGREGAT = f"""query ($k: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $pada: DateTime) {{
  agregat(elemen: $k, periode: $p, wilayah: $w, tingkat: $t, rincian: $r, pada: $pada) {{
    wilayah {{ kode nama }} elemen {{ kode }} {_ROW} }} }}"""
INDIKATOR = f"""query ($k: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $pada: DateTime) {{
  indikator(kode: $k, periode: $p, wilayah: $w, tingkat: $t, pada: $pada) {{ wilayah {{ kode nama }} kode {_ROW} }} }}"""
ALL_ELEMENTS = "{ daftarFormulir { elemen { kode } } }"
ALL_INDICATORS = "{ daftarIndikator { kode } }"


def table(hub: Client, as_whom: str | None, **asked: str) -> list[dict[str, str]]:
    headers = {} if as_whom is None else {"Authorization": f"Bearer {hub.token(as_whom)}"}
    response = hub.get("/tabel.csv", params=asked, headers=headers)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def by_graphql(hub: Client, as_whom: str | None, query: str, variables: dict[str, Any]) -> list[tuple[Any, ...]]:
    (rows,) = hub.ask(query, variables, as_whom).values()
    return [
        (
            r["wilayah"]["kode"], r["wilayah"]["nama"], r["kode"] if "kode" in r else r["elemen"]["kode"], r["periode"],
            ",".join(sorted(f"{c['rincian']}={c['pilihan']}" for c in r["rincian"])),
            None if r["nilai"] is None else Decimal(str(r["nilai"])), r["status"],
        )
        for r in rows
    ]  # fmt: skip


def in_table(rows: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    return [
        (*(r[n] for n in ("kode", "nama", "elemen", "periode", "rincian")), Decimal(r["nilai"]) if r["nilai"] else None, r["status"])
        for r in rows
    ]  # fmt: skip


def compare(hub: Client, as_whom: str | None, name: str, query: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows, which are those of GraphQL."""
    flat = {name: ",".join(asked["k"]), "periode": ",".join(asked["p"]), "wilayah": asked["w"], "tingkat": asked["t"]}
    if asked.get("r"):
        flat["rincian"] = ",".join(asked["r"])
    if asked.get("pada"):
        flat["pada"] = asked["pada"]
    rows = in_table(table(hub, as_whom, **flat))
    assert rows == by_graphql(hub, as_whom, query, asked)
    return rows


@pytest.fixture(scope="module")
def codes(read_hub: Client) -> tuple[list[str], list[str]]:
    elements = [e["kode"] for f in read_hub.ask(ALL_ELEMENTS)["daftarFormulir"] for e in f["elemen"]]
    return elements, [i["kode"] for i in read_hub.ask(ALL_INDICATORS)["daftarIndikator"]]


LEVELS = [
    ("53", "PROVINSI"),
    ("53", "KABUPATEN"),
    ("53", "KECAMATAN"),
    ("53", "DESA"),
    ("53.14", "DESA"),
    ("53.14.01", "DESA"),
    ("36", "PROVINSI"),
]


@pytest.mark.parametrize("as_whom", EVERYBODY)
@pytest.mark.parametrize(("wilayah", "level"), LEVELS)
def test_elements_are_those_of_graphql(
    read_hub: Client, codes: tuple[list[str], list[str]], wilayah: str, level: str, as_whom: str | None
) -> None:
    elements = codes[0][
        :: 12 if wilayah == "53" and level == "DESA" else 1
    ]  # GraphQL has a bound, by what it guesses there to be
    rows = compare(read_hub, as_whom, "elemen", AGREGAT, {"k": elements, "p": ["2020"], "w": wilayah, "t": level})
    assert len({r[0] for r in rows}) * len(elements) == len(rows) > 0
    if wilayah == "53.14" and as_whom == "53.14":
        assert {"ADA", "TIDAK_ADA_DATA"} <= {r[6] for r in rows}
    if wilayah == "53.14" and as_whom is None:
        assert all(r[5] is None for r in rows if r[6] == "DISUPRESI")
        assert "DISUPRESI" in {r[6] for r in rows}


@pytest.mark.parametrize("as_whom", EVERYBODY)
@pytest.mark.parametrize(("wilayah", "level"), LEVELS)
def test_indicators_are_those_of_graphql(
    read_hub: Client, codes: tuple[list[str], list[str]], wilayah: str, level: str, as_whom: str | None
) -> None:
    kode = codes[1][:: 5 if wilayah == "53" and level == "DESA" else 1]
    asked = {"k": kode, "p": ["2020", "2019"], "w": wilayah, "t": level}
    assert compare(read_hub, as_whom, "indikator", INDIKATOR, asked)


@pytest.mark.parametrize("as_whom", [None, "53.14", "53"])
@pytest.mark.parametrize(("wilayah", "level"), LEVELS[:5])
def test_breakdowns_and_periods_are_those_of_graphql(
    read_hub: Client, wilayah: str, level: str, as_whom: str | None
) -> None:
    large = wilayah == "53" and level == "DESA"
    kode, periode = (["SDM01"], ["2020"]) if large else (["SDM01", "PPK01", "LEM14", "BAN01"], ["2020-S1", "2020"])
    asked = {"k": kode, "p": periode, "w": wilayah, "t": level}
    for names in (["JK"], ["jenis_ppks"], ["jabatan", "JK"]):
        compare(read_hub, as_whom, "elemen", AGREGAT, {**asked, "r": names})


def test_choices_are_written_as_files_of_rekap_write_them(module_hub: Client) -> None:
    release_as_it_is(module_hub)
    asked = {"elemen": "SDM01", "periode": "2020", "wilayah": "53.14", "tingkat": "KABUPATEN", "rincian": "JK"}
    rows = table(module_hub, "53.14", **asked)
    assert {r["rincian"] for r in rows} & {"JK=L", "JK=P"}


def test_what_was_known_then_is_that_of_graphql(read_hub: Client) -> None:
    ((now,),) = read_hub.sql("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')")
    asked = {"k": ["PPK03", "FAK01"], "p": ["2020"], "w": "53.14", "t": "DESA"}
    known = compare(read_hub, "53.14", "elemen", AGREGAT, {**asked, "pada": f"{now}+00:00"})
    before = compare(read_hub, "53.14", "elemen", AGREGAT, {**asked, "pada": "2001-01-01T00:00:00+07:00"})
    assert {r[6] for r in before} == {"TIDAK_ADA_DATA"} != {r[6] for r in known}
    indikator = {"k": ["I01"], "p": ["2020"], "w": "53", "t": "KABUPATEN", "pada": f"{now}+00:00"}
    compare(read_hub, None, "indikator", INDIKATOR, indikator)


@pytest.fixture
def written(demo_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(demo_url, autocommit=True) as conn:
        yield conn


def test_a_table_is_of_one_moment(
    demo_url: str, written: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also across the statements it is read by: here one per kecamatan."""
    monkeypatch.setattr(table_statements, "BATCH", 10)
    kecamatan = [k for (k,) in written.execute("SELECT kode FROM wilayah WHERE kode_induk = '53.14' ORDER BY kode")]

    async def parts(*_: object) -> list[str]:
        return kecamatan

    monkeypatch.setattr(table_statements, "_parts", parts)
    question = TableQuestion(False, ("PPK03",), ("2020",), "53.14", Level.DESA)
    office = Actor(Role.KABUPATEN, "53.14", "uji")
    change = "UPDATE angka SET nilai = 123456, status = 'ADA' WHERE elemen = 'PPK03' AND tingkat = 4"

    async def read() -> tuple[int, list[str | None], list[str | None]]:
        db = Database(login_url(demo_url), 2)
        await db.open()
        try:
            katalog = await KatalogCache(db).get()
            async with open_table(db, office, question, katalog) as table:
                before = [r.nilai for r in await anext(table.rows)]
                assert len(before) == 10
                written.execute(change)
                before += [r.nilai async for rows in table.rows for r in rows]
                fewest = table.fewest
            async with open_table(db, office, question, katalog) as table:
                return fewest, before, [r.nilai async for rows in table.rows for r in rows]
        finally:
            await db.close()

    fewest, before, after = asyncio.run(read())
    assert fewest == len(before) == len(after) == 119
    assert "123456" not in before
    assert "123456" in after
