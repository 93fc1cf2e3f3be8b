"""What a code looks like, and what is made of it."""

import re

import pytest

from hub.akses.invitation_code import ALPHABET, LETTERS, new_code, read_code
from hub.base.errors import InvalidInputError

_LOOK_ALIKES = ("0OQ", "1IL7", "2Z", "5S", "8B", "UV")


def test_no_two_letters_are_taken_for_each_other() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) >= 24
    for group in _LOOK_ALIKES:
        assert len(set(group) & set(ALPHABET)) <= 1, group


def test_a_code_is_read_as_it_is_written_and_in_other_ways() -> None:
    code = new_code()
    spelled = code.spelled()
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){4}", spelled)
    for written in (spelled, spelled.lower(), f"  {spelled.replace('-', ' ')}\n", code.text):
        assert read_code(written) == code
    assert len({new_code().text for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    "written", ["", "A", "A" * (LETTERS - 1), "A" * (LETTERS + 1), "O" * LETTERS, "Ä" * LETTERS, "A" * 10_000]
)
def test_what_is_no_code_is_said_before_anything_is_looked_up(written: str) -> None:
    with pytest.raises(InvalidInputError, match=f"{LETTERS} huruf dan angka"):
        read_code(written)


def test_the_token_hangs_on_code_salt_and_the_devices_secret() -> None:
    one, other = new_code(), new_code()
    tokens = {
        one.token(b"1" * 32, "x"),
        other.token(b"1" * 32, "x"),
        one.token(b"2" * 32, "x"),
        one.token(b"1" * 32, "y"),
    }
    assert len(tokens) == 4
    assert one.token(b"1" * 32, "x") in tokens
    assert all(re.fullmatch(r"hub_[\w-]{32}", token) for token in tokens)
