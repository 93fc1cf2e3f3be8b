"""The catalogue can be read: code lists with what they mean, as of a day, and the choices of a breakdown in words."""

from typing import Any

import pytest

from hub.base.errors import InvalidInputError
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.katalog.spoilt_katalog import broken, code_list, install

LIST = """query ($k: String!, $p: Date) { daftarKode(kode: $k, pada: $p) { kode nama sumber versi
  butir { kode nama definisi kriteria alias sensitif } } }"""
FORM = "query ($k: String!) { formulir(kode: $k) { elemen { kode rincian { kode pilihan lengkap terbuka menjumlah butir { %s } } } } }"
ENTRY = "kode nama definisi kriteria alias sensitif"


def listed(hub: Client, kode: str, as_of: str | None = None) -> Any:
    return hub.ask(LIST, {"k": kode, "p": as_of})["daftarKode"]


def breakdown(hub: Client, formulir: str, elemen: str, kode: str, fields: str = "kode nama") -> Any:
    elements = hub.ask(FORM % fields, {"k": formulir})["formulir"]["elemen"]
    return next(r for e in elements if e["kode"] == elemen for r in e["rincian"] if r["kode"] == kode)


def test_the_types_of_people_in_need_are_told_with_what_they_mean(read_hub: Client) -> None:
    ppks = listed(read_hub, "PPKS")
    assert (ppks["kode"], ppks["sumber"], ppks["versi"]) == ("PPKS", "Permensos 8/2012", 1)
    assert [b["kode"] for b in ppks["butir"]] == [str(n) for n in range(1, 27)]
    by_code = {b["kode"]: b for b in ppks["butir"]}
    assert "ODHA" in by_code["16"]["alias"]
    assert by_code["16"]["sensitif"] == 3
    assert by_code["26"]["kriteria"] == []
    assert "putus sekolah" in " ".join(by_code["2"]["kriteria"])
    assert not any(line.endswith(":") for b in ppks["butir"] for line in b["kriteria"]), "a heading is no criterion"
    assert by_code["22"]["kriteria"][0] == "korban jiwa"


@pytest.mark.parametrize("kode", ["PPKS", "PSKS"])
def test_every_type_says_in_a_sentence_what_it_is(read_hub: Client, kode: str) -> None:
    entries = listed(read_hub, kode)["butir"]
    assert [b["kode"] for b in entries if not (b["definisi"] or "").endswith(".")] == []
    assert len({b["definisi"] for b in entries}) == len(entries)


@pytest.mark.parametrize("written", ["ppks", "PPKS", "pmks", " Pmks ", "kegiatan-wksbm", "Kegiatan WKSBM"])
def test_a_list_is_found_by_its_code_or_other_name_in_letters_of_any_size(read_hub: Client, written: str) -> None:
    assert listed(read_hub, written)["kode"] == ("KEGIATAN_WKSBM" if "wksbm" in written.lower() else "PPKS")


def test_a_list_nobody_knows_is_null(read_hub: Client) -> None:
    assert listed(read_hub, "tidak ada") is None


def test_a_list_answers_as_of_the_day(hub: Client) -> None:
    def from_2013(raw: Any) -> None:
        code_list(raw)["berlaku_sejak"] = "2013-01-01"
        code_list(raw)["butir"].pop()

    install(hub.url, broken(from_2013))
    assert [len(listed(hub, "ppks", day)["butir"]) for day in ("2012-12-31", "2013-01-01")] == [26, 25]
    assert listed(hub, "ppks")["versi"] == 2
    # without a day of its own a version holds from its installation, that is today
    install(hub.url, broken(lambda raw: code_list(raw).update(nama="Daftar lain")))
    assert listed(hub, "ppks")["nama"] == "Daftar lain"
    assert listed(hub, "ppks", "2013-01-01")["versi"] == 2


def test_choices_of_a_code_list_are_its_entries(read_hub: Client) -> None:
    kind = breakdown(read_hub, "F07", "PPK01", "jenis_ppks", ENTRY)
    assert kind["butir"] == listed(read_hub, "PPKS")["butir"]
    assert kind["pilihan"] == [b["kode"] for b in kind["butir"]]


def test_choices_have_words(read_hub: Client) -> None:
    sex = breakdown(read_hub, "F10", "SDM03", "JK")
    assert sex["butir"] == [{"kode": "L", "nama": "Laki-laki"}, {"kode": "P", "nama": "Perempuan"}]
    target = {b["kode"]: b["nama"] for b in breakdown(read_hub, "F12", "KIN01", "indikator")["butir"]}
    assert target["I07"] == "Desa/kelurahan terdata PPKS"
    assert target["KIN05"] == "Peserta sosialisasi kepahlawanan"
    assert breakdown(read_hub, "F06", "KTK03", "jenis_kasus")["butir"] == []


def test_only_a_breakdown_that_adds_up_and_is_not_open_is_whole(read_hub: Client) -> None:
    for formulir in (f"F{n:02d}" for n in range(1, 14)):
        for e in read_hub.ask(FORM % "kode", {"k": formulir})["formulir"]["elemen"]:
            for r in e["rincian"]:
                assert r["lengkap"] == (r["menjumlah"] and not r["terbuka"])
                assert [b["kode"] for b in r["butir"]] == r["pilihan"]
    assert breakdown(read_hub, "F10", "SDM03", "JK")["lengkap"] is True


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda raw: raw.rincian["JK"]["label"].update(X="Lain"), "rincian JK: label menyebut X"),
        (lambda raw: raw.rincian["JK"]["alias"].update(X=["lain"]), "rincian JK: alias menyebut X"),
        (lambda raw: raw.rincian["JK"]["alias"]["L"].append("Wanita"), '"wanita" berarti L dan juga P'),
        (lambda raw: code_list(raw)["butir"][0].update(alias=["o.d.h.a"]), '"ODHA" berarti 1 dan juga 16'),
    ],
)
def test_words_that_mean_nothing_or_two_things_are_refused(database_url: str, change: Any, expected: str) -> None:
    with pytest.raises(Exception, match="Katalog tidak dapat dipasang") as refused:
        install(database_url, broken(change))
    assert expected in str(refused.value)


def test_what_says_nothing_new_makes_no_version() -> None:
    """Keys that came later are part of the content only where they say something."""
    katalog = read_katalog()
    assert "label" not in katalog.rincian["versi"].model_dump()
    (ppks,) = (d for d in katalog.daftar if d.daftar == "PPKS")
    assert "berlaku_sejak" not in ppks.model_dump()
    assert "jendela" not in ppks.butir[0].model_dump()


WINDOWS = 'query ($p: Date) { daftarKode(kode: "jendela_dtsen", pada: $p) { sumber butir { kode dariTanggal sampaiTanggal alias } } }'


def test_windows_of_proposals_are_told_with_their_days_and_since_when(read_hub: Client) -> None:
    windows = read_hub.ask(WINDOWS)["daftarKode"]
    assert windows["sumber"] == "Kepmensos 150/HUK/2022"
    days = {b["kode"]: (b["dariTanggal"], b["sampaiTanggal"]) for b in windows["butir"]}
    assert days == {"PBI": (1, 11), "PKH": (15, 25), "SEMBAKO": (15, 25)}
    assert read_hub.ask(WINDOWS, {"p": "2021-12-31"})["daftarKode"] is None
    assert listed(read_hub, "Jendela pemutakhiran")["kode"] == "JENDELA_DTSEN"
    (psks,) = {
        (b["dariTanggal"], b["sampaiTanggal"])
        for b in read_hub.ask(WINDOWS.replace("jendela_dtsen", "psks"))["daftarKode"]["butir"]
    }
    assert psks == (None, None), "an entry that is no window has no days"


def test_a_window_that_ends_before_it_begins_is_refused(hub: Client) -> None:
    def backwards(raw: Any) -> None:
        next(d for d in raw.daftar if d["daftar"] == "JENDELA_DTSEN")["butir"][0]["jendela"] = [12, 11]

    with pytest.raises(InvalidInputError, match="daftar JENDELA_DTSEN: butir PBI: jendela mulai tanggal 12"):
        install(hub.url, broken(backwards))
