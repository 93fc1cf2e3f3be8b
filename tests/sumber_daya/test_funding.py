"""SLRT and puskesos: three years of state money, and one SLRT for a kabupaten."""

from datetime import date
from typing import Any

import pytest

from hub.sumber_daya.draft import SumberDayaDraft
from hub.sumber_daya.funding import StandingSlrt, check_funding, second_slrt
from tests.client import Client
from tests.sumber_daya.list_texts import listing, upload
from tests.sumber_daya.rows import SOTIMORI, add
from tests.sumber_daya.texts import save

TODAY = date(2026, 6, 1)


def draft(kind: str = "SLRT", since: str = "2020-01-01", until: str | None = None, **values: Any) -> SumberDayaDraft:
    ends = None if until is None else date.fromisoformat(until)
    return SumberDayaDraft(
        kind, "SLRT Satu", "KABUPATEN", SOTIMORI, date.fromisoformat(since), sampai=ends, values=values
    )


@pytest.mark.parametrize(
    ("given", "code", "year"),
    [
        (draft(sumber_dana="APBN", tahun=2023), "APBN_LEWAT", "2026"), (draft(sumber_dana=" apbn", tahun=2019), "APBN_LEWAT", "2022"),
        (draft(sumber_dana="APBN", tahun=2024), "APBN_TAHUN_TERAKHIR", "2027"), (draft(sumber_dana="APBN", tahun=2025), None, ""),
        (draft("PUSKESOS", "2023-05-01", sumber_dana="APBN"), "APBN_LEWAT", "2026"),
        (draft(sumber_dana="APBD", tahun=2015), None, ""), (draft(tahun=2015), None, ""),
        (draft(sumber_dana="APBN", tahun=2015, until="2024-01-01"), None, ""),
        (draft("LKS", sumber_dana="APBN", tahun=2015), None, ""),
    ],
)  # fmt: skip
def test_the_fourth_year_is_the_kabupatens_own(given: SumberDayaDraft, code: str | None, year: str) -> None:
    found = check_funding(given, TODAY)
    assert [t.kode for t in found] == ([code] if code else [])
    assert all(year in t.pesan for t in found)


def test_one_that_replaces_or_ends_another_is_no_second() -> None:
    first = StandingSlrt("53.14:a", "53.14", "SLRT Lama")
    new = draft()
    assert set(second_slrt([(new, "53.14")], [first], TODAY)) == {0}
    assert second_slrt([(new, "53.15")], [first], TODAY) == {}
    same = SumberDayaDraft("SLRT", "SLRT Lama", "KABUPATEN", SOTIMORI, date(2020, 1, 1), id="53.14:a")
    assert second_slrt([(same, "53.14")], [first], TODAY) == {}
    ended = SumberDayaDraft(
        "SLRT", "SLRT Lama", "KABUPATEN", SOTIMORI, date(2020, 1, 1), id="53.14:a", sampai=date(2025, 1, 1)
    )
    assert second_slrt([(ended, "53.14"), (new, "53.14")], [first], TODAY) == {}
    assert set(second_slrt([(new, "53.14"), (new, "53.14")], [], TODAY)) == {0, 1}


def slrt(**more: Any) -> dict[str, Any]:
    return {
        "jenis": "SLRT",
        "nama": "SLRT Rote Ndao",
        "pemilik": "KABUPATEN",
        "desa": SOTIMORI,
        "sejak": "2019-01-01",
        **more,
    }


def test_saving_says_both(hub: Client) -> None:
    first = save(hub, slrt(sumberDana="APBN", tahun=2019))
    assert [(t["kode"], t["tingkat"]) for t in first["temuan"]] == [("APBN_LEWAT", "PERINGATAN")]
    assert "2022" in first["temuan"][0]["pesan"]
    second = save(hub, slrt(nama="SLRT Dua", sumberDana="APBD"))
    assert [(t["kode"], t["tingkat"]) for t in second["temuan"]] == [("SLRT_KEDUA", "PERINGATAN")]
    assert first["sumberDaya"]["id"] in second["temuan"][0]["pesan"]
    closed = save(hub, slrt(id=first["sumberDaya"]["id"], versi=1, sampai="2024-01-01", sumberDana="APBN", tahun=2019))
    assert closed["temuan"] == []
    again = save(
        hub, slrt(id=second["sumberDaya"]["id"], versi=1, nama="SLRT Dua", sumberDana="APBD", sekretariat="Ba'a")
    )
    assert again["temuan"] == []


def test_a_puskesos_has_a_source_of_money_too_and_tells_the_year_it_moves(hub: Client) -> None:
    year = date.today().year
    kept = save(hub, {**slrt(sumberDana="APBN", tahun=year - 2), "jenis": "PUSKESOS", "nama": "Puskesos"})
    assert [t["kode"] for t in kept["temuan"]] == ["APBN_TAHUN_TERAKHIR"]
    add(hub, 7, "SLRT", sumber_dana="APBN", tahun=year)
    query = """query ($y: Int!) { daftarSumberDaya(saring: {pindahApbdSampai: $y}) { edges { node { nama
      ... on Puskesos { sumberDana pindahApbd } ... on Slrt { sumberDana pindahApbd } } } } }"""
    listed = [e["node"] for e in hub.ask(query, {"y": year + 1})["daftarSumberDaya"]["edges"]]
    assert listed == [{"nama": "Puskesos", "sumberDana": "APBN", "pindahApbd": year + 1}]
    assert len(hub.ask(query, {"y": year + 3})["daftarSumberDaya"]["edges"]) == 2


def test_a_list_is_told_as_well(hub: Client) -> None:
    add(hub, 1, "SLRT", nama="SLRT Lama")
    header = ["Nama", "Desa", "Kecamatan", "Sumber Dana", "Tahun Berdiri"]
    result = upload(
        hub, "SLRT", listing(header, ["SLRT Baru", "Sotimori", "Landu Leko", "APBN", "2018"]), kab="53.14", uji=True
    )
    assert {"SLRT_KEDUA", "APBN_LEWAT"} <= {t["kode"] for t in result["temuan"]}
    assert result["baru"] == 1
