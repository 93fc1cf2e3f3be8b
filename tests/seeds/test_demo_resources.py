"""The demo's social resources add up to what the source documents state, and say what they are."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from seeds.demo_resources import BarisContoh, sample_resources

WILAYAH = Path(__file__).parents[2] / "seeds" / "contoh" / "wilayah.csv"


@cache
def desa() -> dict[str, str]:
    with WILAYAH.open(encoding="utf-8", newline="") as isi:
        return {
            k: b["nama_2022"] or b["nama_2020"]
            for b in csv.DictReader(isi)
            if len(k := b["kode_2022"] or b["kode_2020"]) == 13
        }


@cache
def baris() -> list[BarisContoh]:
    return sample_resources(desa())


def test_banten_adds_up_to_what_it_states() -> None:
    banten = [b for b in baris() if b.desa.startswith("36.")]
    assert Counter(b.jenis for b in banten) == {
        "PANTI": 2 + 393, "LKS": 166, "LK3": 9, "RUMAH_SINGGAH": 8, "SLRT": 6, "PUSKESOS": 12, "KAMPUNG_SIAGA_BENCANA": 33,
        "GUDANG_BENCANA": 1 + 8, "KARANG_TARUNA": 1_531,
    }  # fmt: skip
    panti = [b for b in banten if b.jenis == "PANTI"]
    assert Counter((b.pemilik, b.isi["sasaran"]) for b in panti) == {
        ("PROVINSI", "anak"): 1, ("PROVINSI", "lanjut usia"): 1, ("MASYARAKAT", "disabilitas"): 21,
        ("MASYARAKAT", "anak"): 359, ("MASYARAKAT", "lanjut usia"): 13,
    }  # fmt: skip
    assert sum(b.isi.get("klien", 0) for b in panti) == 14_360 + 520
    assert sum(b.isi["pengurus"] for b in banten if b.jenis == "KARANG_TARUNA") == 1_568


def test_every_kabupaten_has_its_share_and_no_desa_two_karang_taruna() -> None:
    for jenis, paling_sedikit in (("PANTI", 8), ("KARANG_TARUNA", 8), ("LK3", 8), ("PUSKESOS", 8), ("SLRT", 6)):
        ada = {b.desa[:5] for b in baris() if b.jenis == jenis and b.desa.startswith("36.")}
        assert len(ada) >= paling_sedikit, jenis
    klub = Counter(b.desa for b in baris() if b.jenis == "KARANG_TARUNA")
    assert klub.most_common(1)[0][1] == 1
    assert sum(d.startswith("53.14.") for d in klub) == 20


def test_what_is_made_of_a_number_says_so() -> None:
    assert all(b.contoh == b.nama.startswith("Contoh ") for b in baris())
    (mercy,) = [b for b in baris() if not b.contoh]
    assert (mercy.nama, mercy.isi["klien"]) == ("Panti Mercy Indonesia", 15)
    assert len({(b.jenis, b.desa, b.nama) for b in baris()}) == len(baris())


def test_they_stand_where_there_is_a_desa_and_are_the_same_every_time() -> None:
    assert {b.desa for b in baris()} <= desa().keys()
    assert sample_resources(dict(reversed(desa().items()))) == baris()


def test_more_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        sample_resources({k: n for k, n in desa().items() if k.startswith(("36.71", "53.14"))})
