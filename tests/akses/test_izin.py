"""Who may do what, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.akses import izin
from hub.akses.izin import TABLE, Action, may, require
from hub.base.actor import PUBLIC, Actor, Role
from hub.base.errors import NotAuthorisedError

FAST = settings(max_examples=100, deadline=None, derandomize=True)

KABUPATEN = Actor(Role.KABUPATEN, "53.14", "Dinas Sosial Rote Ndao")
PROVINSI = Actor(Role.PROVINSI, "53", "Dinas Sosial NTT")
ADMIN = Actor(Role.ADMIN, "", "pengelola")
WILAYAH = ["53", "53.14", "53.14.01", "53.14.01.2005", "53.15", "53.15.01", "36", "36.73"]
NOWHERE: list[str] = []


def writes(actor: Actor, wilayah: str) -> bool:
    return may(actor, izin.WRITE_SUMBER_DAYA, wilayah)


@pytest.mark.parametrize(
    ("actor", "reached"),
    [
        (PUBLIC, NOWHERE),
        (KABUPATEN, ["53.14", "53.14.01", "53.14.01.2005"]),
        (PROVINSI, ["53", "53.14", "53.14.01", "53.14.01.2005", "53.15", "53.15.01"]),
        (ADMIN, WILAYAH),
    ],
)
def test_each_role_reaches_its_own_region_and_below(actor: Actor, reached: list[str]) -> None:
    assert [w for w in WILAYAH if writes(actor, w)] == reached


def test_a_code_that_only_begins_alike_is_not_reached() -> None:
    assert not writes(Actor(Role.KABUPATEN, "53.1", ""), "53.14")
    assert not writes(Actor(Role.PROVINSI, "5", ""), "53")


@pytest.mark.parametrize("role", [Role.KABUPATEN, Role.PROVINSI, Role.PUBLIC])
def test_a_role_without_a_region_reaches_nothing(role: Role) -> None:
    assert not any(writes(Actor(role, "", ""), w) for w in WILAYAH)


@FAST
@given(st.sampled_from(TABLE), st.sampled_from(WILAYAH), st.sampled_from(WILAYAH))
def test_the_public_may_nothing_whatever_region_it_claims(action: Action, own: str, asked: str) -> None:
    assert not may(Actor(Role.PUBLIC, own, "publik"), action, asked)


@pytest.mark.parametrize(
    ("action", "kabupaten", "provinsi", "admin"),
    [
        (izin.WRITE_REKAP, ["53.14"], ["53"], NOWHERE),
        (izin.JUDGE_REKAP, NOWHERE, ["53", "53.14", "53.15"], NOWHERE),
        (izin.WRITE_OWNED_ABOVE, NOWHERE, ["53", "53.14", "53.15"], ["53", "53.14", "53.15", "36", "36.73"]),
        (izin.RECORD_STOK, ["53.14"], ["53"], NOWHERE),
        (izin.WRITE_TAGANA, ["53.14"], NOWHERE, NOWHERE),
        (izin.READ_NAMES, NOWHERE, ["53.14", "53.15"], NOWHERE),
        (izin.VERIFY_TAGANA, ["53.14"], ["53.14", "53.15"], NOWHERE),
    ],
)
def test_actions_with_conditions_of_their_own(
    action: Action, kabupaten: list[str], provinsi: list[str], admin: list[str]
) -> None:
    offices = [w for w in WILAYAH if len(w) < 6]
    for actor, reached in ((KABUPATEN, kabupaten), (PROVINSI, provinsi), (ADMIN, admin)):
        assert [w for w in offices if may(actor, action, w)] == reached


@pytest.mark.parametrize("action", TABLE, ids=lambda a: a.does)
@pytest.mark.parametrize("actor", [KABUPATEN, PROVINSI, ADMIN, PUBLIC], ids=lambda a: a.role)
def test_every_refusal_is_a_whole_sentence(action: Action, actor: Actor) -> None:
    for wilayah in (None, "", *WILAYAH):
        if may(actor, action, wilayah):
            require(actor, action, wilayah)
            continue
        with pytest.raises(NotAuthorisedError) as refused:
            require(actor, action, wilayah, "Gudang Ba'a {x}")
        assert refused.value.message[0].isalpha()
        assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("actor", "action", "wilayah", "subject", "sentence"),
    [
        (ADMIN, izin.WRITE_REKAP, "53.15", "", "Token Anda (ADMIN ) tidak boleh menulis rekap 53.15."),
        (
            KABUPATEN, izin.JUDGE_REKAP, "53.14", "",
            "Hanya provinsi 53 yang boleh menyetujui, mengembalikan atau membuka rekap 53.14.",
        ),
        (
            KABUPATEN, izin.WRITE_OWNED_ABOVE, None, "provinsi",
            "Token Anda (KABUPATEN 53.14) tidak boleh menulis sumber daya milik provinsi; mintalah kepada provinsi.",
        ),
        (
            PROVINSI, izin.RECORD_STOK, "53.14", "Gudang Ba'a",
            "Token Anda (PROVINSI 53) tidak boleh mencatat stok gudang Gudang Ba'a; yang mencatat ialah kantor pemiliknya.",
        ),
        (
            KABUPATEN, izin.CHANGE_PARTNER, "", "Yayasan Bina",
            "Mitra Yayasan Bina dicatat oleh kantor pengelola hub; yang mengubahnya kantor itu atau yang di atasnya.",
        ),
        (
            KABUPATEN, izin.VERIFY_TAGANA, "53.15", "",
            "Register Tagana 53.15 hanya diurus dinas sosial 53.15 sendiri; kirim tokennya.",
        ),
        (
            PUBLIC, izin.VERIFY_TAGANA, "53.15", "",
            "Hanya dinas kabupaten/kota dan provinsinya yang memverifikasi anggota Tagana.",
        ),
    ],
)  # fmt: skip
def test_a_refusal_names_who_asked_and_about_what(
    actor: Actor, action: Action, wilayah: str | None, subject: str, sentence: str
) -> None:
    with pytest.raises(NotAuthorisedError) as refused:
        require(actor, action, wilayah, subject)
    assert refused.value.message == sentence
