"""The demo's social resources add up to what the source documents state, and say what they are."""

import asyncio
import csv
from collections import Counter
from functools import cache
from pathlib import Path

import psycopg
import pytest

from hub.base.actor import Actor, Role
from hub.db.database import Database
from seeds.demo_areas import sample_areas
from seeds.demo_resources import SampleRow, load_resources, sample_resources
from tests.client import Client

SAMPLES = Path(__file__).parents[2] / "seeds" / "contoh"
WILAYAH = SAMPLES / "wilayah.csv"


@cache
def desa() -> dict[str, str]:
    with WILAYAH.open(encoding="utf-8", newline="") as lines:
        return {
            k: b["nama_2022"] or b["nama_2020"]
            for b in csv.DictReader(lines)
            if len(k := b["kode_2022"] or b["kode_2020"]) == 13
        }


@cache
def sample_rows() -> list[SampleRow]:
    return sample_resources(desa())


def test_banten_adds_up_to_what_it_states() -> None:
    banten = [b for b in sample_rows() if b.desa.startswith("36.")]
    assert Counter(b.kind for b in banten) == {
        "PANTI": 2 + 393, "LKS": 166, "LK3": 9, "RUMAH_SINGGAH": 8, "SLRT": 6, "PUSKESOS": 12, "KAMPUNG_SIAGA_BENCANA": 33,
        "GUDANG_BENCANA": 1 + 8, "KARANG_TARUNA": 1_531,
    }  # fmt: skip
    panti = [b for b in banten if b.kind == "PANTI"]
    assert Counter((b.owner, b.content["sasaran"]) for b in panti) == {
        ("PROVINSI", "anak"): 1, ("PROVINSI", "lanjut usia"): 1, ("MASYARAKAT", "disabilitas"): 21,
        ("MASYARAKAT", "anak"): 359, ("MASYARAKAT", "lanjut usia"): 13,
    }  # fmt: skip
    assert sum(b.content.get("klien", 0) for b in panti) == 14_360 + 520
    assert sum(b.content["pengurus"] for b in banten if b.kind == "KARANG_TARUNA") == 1_568


def test_every_kabupaten_has_its_share_and_no_desa_two_karang_taruna() -> None:
    for kind, least in (("PANTI", 8), ("KARANG_TARUNA", 8), ("LK3", 8), ("PUSKESOS", 8), ("SLRT", 6)):
        present = {b.desa[:5] for b in sample_rows() if b.kind == kind and b.desa.startswith("36.")}
        assert len(present) >= least, kind
    clubs = Counter(b.desa for b in sample_rows() if b.kind == "KARANG_TARUNA")
    assert clubs.most_common(1)[0][1] == 1
    assert sum(d.startswith("53.14.") for d in clubs) == 20


def test_what_is_made_of_a_number_says_so() -> None:
    assert all(b.sample == b.name.startswith("Contoh ") for b in sample_rows())
    (mercy,) = [b for b in sample_rows() if not b.sample]
    assert (mercy.name, mercy.content["klien"]) == ("Panti Mercy Indonesia", 15)
    assert len({(b.kind, b.desa, b.name) for b in sample_rows()}) == len(sample_rows())


def test_they_stand_where_there_is_a_desa_and_are_the_same_every_time() -> None:
    assert {b.desa for b in sample_rows()} <= desa().keys()
    assert sample_resources(dict(reversed(desa().items()))) == sample_rows()


def test_more_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        sample_resources({k: n for k, n in desa().items() if k.startswith(("36.71", "53.14"))})


# ---------- in the database ----------

AGREGAT = """query ($e: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!]) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t, rincian: $r) {
    wilayah { kode } elemen { kode } rincian { rincian pilihan } nilai tertulis terdaftar } }"""


def _stated(file_name: str) -> dict[tuple[str, str], int]:
    """(element, breakdown) → figure, as the document states them."""
    with (SAMPLES / file_name).open(encoding="utf-8", newline="") as lines:
        return {(b["elemen"], b["rincian"]): int(b["nilai"]) for b in csv.DictReader(lines)}


def test_the_register_of_the_demo_counts_what_the_documents_state(read_hub: Client) -> None:
    for file_name, wilayah in (
        ("banten_2020/F09.csv", "36"),
        ("banten_2020/F04.csv", "36"),
        ("rote_ndao_2020/F09.csv", "53.14"),
    ):
        stated = _stated(file_name)
        elemen = sorted({e for e, _ in stated} - {"LEM16"})
        level = "PROVINSI" if wilayah == "36" else "KABUPATEN"
        for breakdown in (None, ["sasaran_layanan"], ["pemilik"]):
            rows = read_hub.ask(AGREGAT, {"e": elemen, "w": wilayah, "t": level, "r": breakdown})["agregat"]
            present = {
                (b["elemen"]["kode"], ",".join(f"{p['rincian']}={p['pilihan']}" for p in b["rincian"])): b["terdaftar"]
                for b in rows
                if breakdown is None or b["rincian"]
            }
            wanted = {
                k: n for k, n in stated.items() if k[0] in elemen and k[1].partition("=")[0] == (breakdown or [""])[0]
            }
            assert {k: present[k] for k in wanted} == wanted


def test_what_a_province_states_stands_beside_what_its_register_counts(read_hub: Client) -> None:
    (panti,) = read_hub.ask(AGREGAT, {"e": ["LEM02"], "w": "36", "t": "PROVINSI"})["agregat"]
    assert (panti["nilai"], panti["tertulis"], panti["terdaftar"]) == (None, 393, 393)


@pytest.mark.parametrize("level", ["KABUPATEN", "KECAMATAN", "DESA"])
def test_the_parts_of_a_province_add_up_to_it(read_hub: Client, level: str) -> None:
    asked = {"e": ["LEM01", "LEM02", "LEM05", "LEM14", "LEM15", "LOG01"], "w": "36"}
    whole = read_hub.ask(AGREGAT, {**asked, "t": "PROVINSI"})["agregat"]
    parts = Counter[str]()
    for b in read_hub.ask(AGREGAT, {**asked, "t": level})["agregat"]:
        parts[b["elemen"]["kode"]] += b["terdaftar"] or 0
    assert parts == {b["elemen"]["kode"]: b["terdaftar"] for b in whole}


def test_samples_say_so_and_the_home_that_was_named_keeps_its_children(read_hub: Client) -> None:
    assert read_hub.sql(
        "SELECT count(*), count(*) FILTER (WHERE contoh = (nama LIKE 'Contoh %')) FROM sumber_daya"
    ) == [(len(sample_rows()),) * 2]
    query = '{ daftarSumberDaya(saring: {di: "53.14", jenis: [PANTI]}) { edges { node { nama contoh sumber ... on Panti { klien klienL sisaDaya } } } } }'
    assert [e["node"] for e in read_hub.ask(query, None, "53.14")["daftarSumberDaya"]["edges"]] == [
        {"nama": "Panti Mercy Indonesia", "contoh": False, "sumber": "Profil Dinas Sosial Rote Ndao 2020", "klien": 15, "klienL": None, "sisaDaya": 0}
    ]  # fmt: skip


def test_a_load_that_was_cut_is_finished_and_nothing_is_there_twice(demo_url: str) -> None:
    async def load() -> None:
        db = Database(demo_url, 2)
        await db.open()
        try:
            offices = [Actor(Role.KABUPATEN, "53.14", "uji"), Actor(Role.PROVINSI, "36", "uji")]
            await load_resources(db, desa(), offices, sample_areas([k for k in desa() if k.startswith("53.14.")]))
        finally:
            await db.close()

    with psycopg.connect(demo_url, autocommit=True) as conn:
        query = "SELECT count(*), sum(hashtextextended(kode_desa || nama, 0)), max(versi) FROM sumber_daya"
        full = conn.execute(query).fetchone()
        asyncio.run(load())
        assert conn.execute(query).fetchone() == full
        conn.execute("CREATE TEMP TABLE sisa AS SELECT * FROM sumber_daya WHERE kode_kab < '36.05'")
        conn.execute("ALTER TABLE sisa DROP COLUMN hari_terakhir; TRUNCATE sumber_daya")
        columns = ", ".join(
            k
            for (k,) in conn.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'sisa'::regclass AND attnum > 0 AND NOT attisdropped"
            )
        )
        conn.execute(f"INSERT INTO sumber_daya ({columns}) SELECT {columns} FROM sisa")
        asyncio.run(load())
        assert conn.execute(query).fetchone() == full
