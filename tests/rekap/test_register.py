"""A rekap that says otherwise than what the hub counts itself: both figures, where, and which of the two to correct."""

from typing import Any
from uuid import uuid4

import pytest

from tests.client import Client
from tests.rekap.texts import SUBMIT, angka, submission
from tests.sumber_daya.rows import add, without_samples
from tests.wksbm.texts import emptied

DESA = ("53.14.03.2002", "53.14.03.2003", "53.14.02.2004")


@pytest.fixture
def hub(hub: Client) -> Client:
    """The demo's regions and rekap without its social resources and networks."""
    emptied(without_samples(hub))
    return hub


def of(rincian: str, choice: str) -> dict[str, Any]:
    return {"rincian": [{"rincian": rincian, "pilihan": choice}]}


def findings(
    hub: Client, formulir: str, nilai: list[Any], kode: str, pelapor: str = "53.14", periode: str = "2021"
) -> list[Any]:
    sent = {"m": submission(pelapor, formulir, periode, str(uuid4()), nilai=nilai)}
    result = hub.ask(SUBMIT, sent, pelapor)["hasil"]
    return [t for t in result["temuan"] if t["kode"] == kode]


def test_a_kelurahan_entered_as_desa_is_found(hub: Client) -> None:
    cells = [angka("53.14", "WIL04", n, **of("jenis_desa", k)) for k, n in (("desa", 113), ("kelurahan", 6))]
    found = findings(hub, "F01", cells, "DAFTAR_WILAYAH_BEDA")
    assert [(t["tingkat"], t["wilayah"], t["elemen"], t["nilai"], t["usulan"]) for t in found] == [
        ("PERINGATAN", "53.14", "WIL04", "113", "112"),
        ("PERINGATAN", "53.14", "WIL04", "6", "7"),
    ]
    assert "WIL04[jenis_desa=kelurahan], 53.14: rekap 6, daftar wilayah 7" in found[1]["pesan"]
    assert "betulkan rekapnya" in found[1]["pesan"]
    assert "mintalah" in found[1]["pesan"]
    right = [angka("53.14", "WIL04", n, **of("jenis_desa", k)) for k, n in (("desa", 112), ("kelurahan", 7))]
    assert findings(hub, "F01", right, "DAFTAR_WILAYAH_BEDA") == []


def test_a_province_that_states_it_otherwise_is_told_so_too(hub: Client) -> None:
    desa, kelurahan = (
        hub.sql("SELECT count(*) FROM wilayah WHERE kode LIKE '36%%' AND jenis = %s AND berlaku_sampai IS NULL", k)[0][
            0
        ]
        for k in ("DESA", "KELURAHAN")
    )
    cells = [angka("36", "WIL04", n, **of("jenis_desa", k)) for k, n in (("desa", desa), ("kelurahan", kelurahan + 2))]
    (found,) = findings(hub, "F01", cells, "DAFTAR_WILAYAH_BEDA", "36")
    assert (found["wilayah"], found["nilai"], found["usulan"]) == ("36", str(kelurahan + 2), str(kelurahan))


def test_owners_of_warehouses_are_compared_one_by_one(hub: Client) -> None:
    for number, owner in enumerate(("PROVINSI", "KABUPATEN", "KABUPATEN")):
        add(hub, number, "GUDANG_BENCANA", pemilik=owner)
    cells = [
        angka("53.14", "LOG01", n, **of("pemilik", k)) for k, n in (("PROVINSI", 2), ("KABUPATEN", 1), ("DESA", 0))
    ]
    found = findings(hub, "F04", cells, "REGISTER_BEDA", periode="2021-06")
    assert [(t["nilai"], t["usulan"], t["wilayah"]) for t in found] == [("2", "1", "53.14"), ("1", "2", "53.14")]
    assert all(
        "lengkapi register bila rekap yang benar, betulkan rekap bila register yang benar" in t["pesan"] for t in found
    )


def test_each_region_that_reported_is_compared_with_its_own_register(hub: Client) -> None:
    for number, desa in enumerate((DESA[0], DESA[0], DESA[2])):
        add(hub, number, "KARANG_TARUNA", kode_desa=desa)
    cells = [angka(k, "LEM14", n) for k, n in zip(DESA, (2, 1, 0), strict=True)]
    found = findings(hub, "F09", cells, "REGISTER_BEDA")
    # three in all, as the register counts; but not in the same desa
    assert [(t["wilayah"], t["nilai"], t["usulan"]) for t in found] == [(DESA[1], "1", "0"), (DESA[2], "0", "1")]
    by_kecamatan = [angka("53.14.03", "LEM14", 2), angka("53.14.02", "LEM14", 5)]
    assert [(t["wilayah"], t["nilai"], t["usulan"]) for t in findings(hub, "F09", by_kecamatan, "REGISTER_BEDA")] == [
        ("53.14", "7", "3"),
        ("53.14.02", "5", "1"),
    ]


def test_things_that_do_not_say_of_which_choice_they_are_may_be_any(hub: Client) -> None:
    for number, classification in enumerate(("TUMBUH", "MAJU", None)):
        add(hub, number, "KARANG_TARUNA", klasifikasi=classification)
    every = {"tumbuh": 2, "berkembang": 0, "maju": 1, "percontohan": 0}
    cells = [angka("53.14", "LEM14", n, **of("klasifikasi", k)) for k, n in every.items()]
    assert findings(hub, "F09", cells, "REGISTER_BEDA") == []


def test_many_differences_are_folded_into_one(hub: Client) -> None:
    add(hub, 1, "KARANG_TARUNA", kode_desa="53.14.10.2003")
    desa = [
        k
        for (k,) in hub.sql(
            "SELECT kode FROM wilayah WHERE kode LIKE '53.14.01.%%' AND berlaku_sampai IS NULL ORDER BY 1"
        )
    ]
    found = findings(hub, "F09", [angka(k, "LEM14", 1) for k in desa], "REGISTER_BEDA")
    assert len(found) == 1
    assert f"({len(desa) + 1} sel serupa)" in found[0]["pesan"]
