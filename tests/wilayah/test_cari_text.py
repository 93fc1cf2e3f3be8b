"""What somebody typed, taken apart: codes, words, prefixes of levels, runs of words, wrong letters."""

import pytest

from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.wilayah.cari_text import KATA_TERBANYAK, PANJANG_TERBESAR, urai


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("53", "53"), ("5", "5"), ("5314", "53.14"), (" 53.14 ", "53.14"), ("53.14.", "53.14"), ("53140", "53.14.0"),
        ("5314012005", "53.14.01.2005"), ("53.14.01.2005", "53.14.01.2005"), ("53 14 01 2005", "53.14.01.2005"),
        ("53-14-01", "53.14.01"), ("53.14.01.20", "53.14.01.20"),
    ],
)  # fmt: skip
def test_codes_with_and_without_dots_and_their_beginnings(teks: str, kode: str) -> None:
    hasil = urai(teks)
    assert hasil.kode == kode
    assert hasil.potongan == ()


@pytest.mark.parametrize("teks", ["53140120051", "5.14", "531.4", "53.1.01"])
def test_digits_that_begin_no_code_are_refused_by_name(teks: str) -> None:
    with pytest.raises(MasukanTidakSahError, match=teks.replace(".", r"\.")):
        urai(teks)


def test_words_are_runs_with_masks_the_whole_first() -> None:
    hasil = urai("Sukamulya  Cianjur")
    assert hasil.kode is None
    assert [(p.kunci, p.topeng) for p in hasil.potongan] == [
        ("sukamulyacianjur", 0b11), ("sukamulya", 0b01), ("cianjur", 0b10),
    ]  # fmt: skip
    assert hasil.huruf == (9, 7)
    assert hasil.penuh == 0b11


@pytest.mark.parametrize("teks", ["Ba'a", "Ba’a", "BA'A", "Bá'a", "ba`a"])
def test_accents_apostrophes_and_case_do_not_count(teks: str) -> None:
    assert urai(teks).potongan[0].kunci == "baa"


@pytest.mark.parametrize(
    ("teks", "kunci", "tingkat"),
    [
        ("Desa Oeseli", "oeseli", 4), ("Kel.Metina", "metina", 4), ("KEC. Pantai Baru", "pantaibaru", 3),
        ("Kab. Rote Ndao", "rotendao", 2), ("prov ntt", "ntt", 1), ("Kota Kupang", "kotakupang", 0), ("Oeseli", "oeseli", 0),
    ],
)  # fmt: skip
def test_a_prefix_says_the_level(teks: str, kunci: str, tingkat: int) -> None:
    utuh = urai(teks).potongan[0]
    assert (utuh.kunci, utuh.tingkat) == (kunci, tingkat)


def test_prefixes_and_commas_part_names_that_no_run_crosses() -> None:
    hasil = urai("desa Sukamulya kecamatan Cugenang, Cianjur")
    assert {(p.kunci, p.tingkat) for p in hasil.potongan[1:]} == {("sukamulya", 4), ("cugenang", 3), ("cianjur", 0)}
    assert hasil.cadangan == 0b001


def test_a_whole_path_is_taken_name_by_name() -> None:
    hasil = urai("Oeseli, Rote Barat Daya, Rote Ndao")
    assert [p.kunci for p in hasil.potongan[1:]] == ["oeseli", "rotebaratdaya", "rotendao"]
    assert [p.topeng for p in hasil.potongan] == [0b111111, 0b000001, 0b001110, 0b110000]


def test_a_prefix_may_be_part_of_the_name() -> None:
    assert ("desabaru", 1, 1.0) in urai("Desa Baru").tulisan
    assert urai("desa").potongan[0].kunci == "desa"
    assert urai("Pagar Desa").potongan[0].kunci == "pagardesa"


@pytest.mark.parametrize("salah", ["oebua", "oebu", "oebauu", "aebau", "eobau"])
def test_short_names_are_looked_for_with_one_wrong_letter(salah: str) -> None:
    bobot = {k: b for k, _, b in urai(salah).tulisan}
    assert 0 < bobot["oebau"] < 1


def test_long_names_are_left_to_likeness() -> None:
    assert len(urai("nggodimeda").tulisan) < 5


@pytest.mark.parametrize("teks", ["", "   ", "'", "—", "..", ", ,"])
def test_nothing_to_look_for_is_refused(teks: str) -> None:
    with pytest.raises(MasukanTidakSahError, match="teks kosong"):
        urai(teks)


def test_too_much_is_refused_with_the_limit() -> None:
    urai(" ".join(["kata"] * KATA_TERBANYAK))
    with pytest.raises(BatasTerlampauiError, match=str(KATA_TERBANYAK)):
        urai(" ".join(["kata"] * (KATA_TERBANYAK + 1)))
    with pytest.raises(BatasTerlampauiError, match=str(PANJANG_TERBESAR)):
        urai("a" * (PANJANG_TERBESAR + 1))
