"""What somebody typed, taken apart: codes, words, prefixes of levels, runs of words, wrong letters."""

import pytest

from hub.base.errors import InvalidInputError, LimitExceededError
from hub.wilayah.search_text import MOST_LETTERS, MOST_WORDS, parse


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        ("53", "53"), ("5", "5"), ("5314", "53.14"), (" 53.14 ", "53.14"), ("53.14.", "53.14"), ("53140", "53.14.0"),
        ("5314012005", "53.14.01.2005"), ("53.14.01.2005", "53.14.01.2005"), ("53 14 01 2005", "53.14.01.2005"),
        ("53-14-01", "53.14.01"), ("53.14.01.20", "53.14.01.20"),
    ],
)  # fmt: skip
def test_codes_with_and_without_dots_and_their_beginnings(text: str, kode: str) -> None:
    parsed = parse(text)
    assert parsed.kode == kode
    assert parsed.runs == ()


@pytest.mark.parametrize("text", ["53140120051", "5.14", "531.4", "53.1.01"])
def test_digits_that_begin_no_code_are_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidInputError, match=text.replace(".", r"\.")):
        parse(text)


def test_words_are_runs_with_masks_the_whole_first() -> None:
    parsed = parse("Sukamulya  Cianjur")
    assert parsed.kode is None
    assert [(p.key, p.mask) for p in parsed.runs] == [
        ("sukamulyacianjur", 0b11), ("sukamulya", 0b01), ("cianjur", 0b10),
    ]  # fmt: skip
    assert parsed.letters == (9, 7)
    assert parsed.full_mask == 0b11


@pytest.mark.parametrize("text", ["Ba'a", "Ba’a", "BA'A", "Bá'a", "ba`a"])
def test_accents_apostrophes_and_case_do_not_count(text: str) -> None:
    assert parse(text).runs[0].key == "baa"


@pytest.mark.parametrize(
    ("text", "key", "level"),
    [
        ("Desa Oeseli", "oeseli", 4), ("Kel.Metina", "metina", 4), ("KEC. Pantai Baru", "pantaibaru", 3),
        ("Kab. Rote Ndao", "rotendao", 2), ("prov ntt", "ntt", 1), ("Kota Kupang", "kotakupang", 0), ("Oeseli", "oeseli", 0),
    ],
)  # fmt: skip
def test_a_prefix_says_the_level(text: str, key: str, level: int) -> None:
    whole = parse(text).runs[0]
    assert (whole.key, whole.level) == (key, level)


def test_prefixes_and_commas_part_names_that_no_run_crosses() -> None:
    parsed = parse("desa Sukamulya kecamatan Cugenang, Cianjur")
    assert {(p.key, p.level) for p in parsed.runs[1:]} == {("sukamulya", 4), ("cugenang", 3), ("cianjur", 0)}
    assert parsed.fallback_mask == 0b001


def test_a_whole_path_is_taken_name_by_name() -> None:
    parsed = parse("Oeseli, Rote Barat Daya, Rote Ndao")
    assert [p.key for p in parsed.runs[1:]] == ["oeseli", "rotebaratdaya", "rotendao"]
    assert [p.mask for p in parsed.runs] == [0b111111, 0b000001, 0b001110, 0b110000]


def test_a_prefix_may_be_part_of_the_name() -> None:
    assert ("desabaru", 1, 1.0) in parse("Desa Baru").spellings
    assert parse("desa").runs[0].key == "desa"
    assert parse("Pagar Desa").runs[0].key == "pagardesa"


@pytest.mark.parametrize("misspelt", ["oebua", "oebu", "oebauu", "aebau", "eobau"])
def test_short_names_are_looked_for_with_one_wrong_letter(misspelt: str) -> None:
    weights = {k: b for k, _, b in parse(misspelt).spellings}
    assert 0 < weights["oebau"] < 1


def test_long_names_are_left_to_likeness() -> None:
    assert len(parse("nggodimeda").spellings) < 5


@pytest.mark.parametrize("text", ["", "   ", "'", "—", "..", ", ,"])
def test_nothing_to_look_for_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="teks kosong"):
        parse(text)


def test_too_much_is_refused_with_the_limit() -> None:
    parse(" ".join(["kata"] * MOST_WORDS))
    with pytest.raises(LimitExceededError, match=str(MOST_WORDS)):
        parse(" ".join(["kata"] * (MOST_WORDS + 1)))
    with pytest.raises(LimitExceededError, match=str(MOST_LETTERS)):
        parse("a" * (MOST_LETTERS + 1))
