"""The key that claims are signed with: a setting, or a file made once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from hub.base.errors import SetupError
from hub.base.role_key import role_key
from hub.base.settings import Settings


def test_a_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "rumah")
    key = role_key(settings)
    assert len(key) == 64
    assert role_key(settings) == key
    assert (tmp_path / "rumah" / "kunci_peran").stat().st_mode & 0o777 == 0o600
    assert role_key(Settings(home=tmp_path / "lain")) != key
    assert [f.name for f in (tmp_path / "rumah").iterdir()] == ["kunci_peran"]


def test_of_many_who_make_it_at_once_all_get_the_same(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with ThreadPoolExecutor(12) as pool:
        assert len(set(pool.map(lambda _: role_key(settings), range(48)))) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["kunci_peran"]


def test_the_setting_comes_first_and_is_never_shown(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, kunci_peran=SecretStr("k" * 40 + "\n"))
    assert role_key(settings) == b"k" * 40
    assert list(tmp_path.iterdir()) == []
    assert "kkkk" not in repr(settings)
    role_key(Settings(home=tmp_path, kunci_peran=SecretStr("")))
    assert (tmp_path / "kunci_peran").exists(), "an empty one is none"


def test_a_short_key_is_refused_without_telling_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="HUB_KUNCI_PERAN terlalu pendek") as error:
        role_key(Settings(home=tmp_path, kunci_peran=SecretStr("rahasia-saya")))
    assert "rahasia-saya" not in error.value.message
    (tmp_path / "kunci_peran").write_text("")
    with pytest.raises(SetupError, match="kunci_peran terlalu pendek"):
        role_key(Settings(home=tmp_path))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    with pytest.raises(SetupError, match=r"berkas/kunci_peran.*HUB_KUNCI_PERAN"):
        role_key(Settings(home=tmp_path / "berkas"))
