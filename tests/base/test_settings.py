"""Settings: one reading of the environment, every mistake named at once."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from hub.base.errors import SetupError
from hub.base.settings import Settings, read_settings, reminder_days


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("HUB_")]:
        monkeypatch.delenv(name)


def test_every_setting_has_a_default_that_works_on_one_machine() -> None:
    s = read_settings()
    assert s.home == Path(".hub").resolve()
    assert (s.host, s.port, s.database_url, s.demo) == ("127.0.0.1", 8000, None, False)
    assert (s.koneksi, s.batas_waktu_ms, s.batas_badan_mb, s.log) == (8, 15_000, 32, "info")
    assert (s.batas_token, s.batas_kedalaman, s.batas_alias, s.batas_akar) == (10_000, 16, 250, 20)
    assert (s.batas_medan, s.batas_biaya, s.introspeksi, s.graphiql) == (2_000, 1_000_000, True, True)
    assert s.zone == ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("WIB", "Asia/Jakarta"),
        ("WITA", "Asia/Makassar"),
        ("WIT", "Asia/Jayapura"),
        ("wita", "Asia/Makassar"),
        ("Wit", "Asia/Jayapura"),
        ("Asia/Pontianak", "Asia/Pontianak"),
        ("UTC", "UTC"),
    ],
)
def test_the_zone_may_be_named_the_indonesian_way(monkeypatch: pytest.MonkeyPatch, written: str, zone: str) -> None:
    monkeypatch.setenv("HUB_ZONA_WAKTU", written)
    s = read_settings()
    assert s.zona_waktu == zone
    assert s.zone == ZoneInfo(zone)


def test_each_variable_reaches_its_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {
        "HUB_HOME": str(tmp_path / "a" / ".." / "b"), "HUB_HOST": "0.0.0.0", "HUB_PORT": "9001",  # noqa: S104
        "HUB_DATABASE_URL": "postgresql://hub@basis/hub", "HUB_DEMO": "true", "HUB_KONEKSI": "3", "HUB_BATAS_WAKTU_MS": "100",
        "HUB_BATAS_BADAN_MB": "1", "HUB_LOG": "error", "HUB_BATAS_TOKEN": "100", "HUB_BATAS_KEDALAMAN": "4", "HUB_BATAS_ALIAS": "0",
        "HUB_BATAS_AKAR": "1", "HUB_BATAS_MEDAN": "50", "HUB_BATAS_BIAYA": "1000", "HUB_INTROSPEKSI": "false", "HUB_GRAPHIQL": "false",
    }  # fmt: skip
    for name, nilai in values.items():
        monkeypatch.setenv(name, nilai)
    s = read_settings()
    assert s.home == tmp_path / "b"
    assert (s.host, s.port, s.database_url, s.demo) == (values["HUB_HOST"], 9001, values["HUB_DATABASE_URL"], True)
    assert (s.koneksi, s.batas_waktu_ms, s.batas_badan_mb, s.log) == (3, 100, 1, "error")
    assert (s.batas_token, s.batas_kedalaman, s.batas_alias, s.batas_akar) == (100, 4, 0, 1)
    assert (s.batas_medan, s.batas_biaya, s.introspeksi, s.graphiql) == (50, 1_000, False, False)


@pytest.mark.parametrize(
    ("written", "demo"), [("true", True), ("1", True), ("kecil", "kecil"), ("false", False), ("0", False)]
)
def test_the_demo_is_there_with_its_story_or_without(
    monkeypatch: pytest.MonkeyPatch, written: str, demo: bool | str
) -> None:
    monkeypatch.setenv("HUB_DEMO", written)
    assert read_settings().demo == demo


def test_a_home_under_the_users_folder_is_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HUB_HOME", "~/hub")
    assert read_settings().home == tmp_path / "hub"


def test_all_wrong_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "HUB_PORT": "70000", "HUB_ZONA_WAKTU": "WIBB", "HUB_KONEKSI": "banyak", "HUB_BATAS_WAKTU_MS": "99", "HUB_DEMO": "mungkin",
        "HUB_BATAS_BADAN_MB": "0", "HUB_LOG": "INFO!",
    }  # fmt: skip
    for name, nilai in wrong.items():
        monkeypatch.setenv(name, nilai)
    monkeypatch.setenv("HUB_HOST", "127.0.0.1")
    with pytest.raises(SetupError) as error:
        read_settings()
    for name, nilai in wrong.items():
        assert f"{name} = {nilai!r}" in error.value.message
    assert "bukan WIB, WITA, WIT atau nama zona IANA" in error.value.message
    assert "bukan true, false atau kecil" in error.value.message
    assert "HUB_HOST" not in error.value.message
    assert error.value.kode == "PENYIAPAN"


@pytest.mark.parametrize("port", ["0", "-1", "65536", "8000.5", ""])
def test_a_port_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("HUB_PORT", port)
    with pytest.raises(SetupError, match=f"HUB_PORT = '{port}'"):
        read_settings()


@pytest.mark.parametrize("batas", ["1", "65535"])
def test_the_ends_of_the_range_are_ports(monkeypatch: pytest.MonkeyPatch, batas: str) -> None:
    monkeypatch.setenv("HUB_PORT", batas)
    assert read_settings().port == int(batas)


def test_settings_never_change_once_read() -> None:
    s = read_settings()
    with pytest.raises(ValidationError):
        s.port = 1  # type: ignore[misc]
    assert s.port == 8000


def test_variables_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("HUB_TEST_WORKERS", "2")
    assert Settings() == read_settings()
    assert read_settings().port == 8000


def _set(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, nilai in settings.items():
        monkeypatch.setenv(f"HUB_{name}", nilai)


@pytest.mark.parametrize(
    ("written", "days"), [("7,1,-1", (7, 1, -1)), ("", ()), (" ", ()), ("0", (0,)), ("60, -30", (60, -30))]
)
def test_days_of_reminders(monkeypatch: pytest.MonkeyPatch, written: str, days: tuple[int, ...]) -> None:
    _set(monkeypatch, PENGINGAT_HARI=written)
    assert reminder_days(read_settings().pengingat_hari) == days


@pytest.mark.parametrize("written", ["61", "-31", "x", "7;1", "1,,2"])
def test_days_that_are_none_are_named(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    _set(monkeypatch, PENGINGAT_HARI=written)
    with pytest.raises(SetupError, match="HUB_PENGINGAT_HARI"):
        read_settings()


@pytest.mark.parametrize("secret", ["whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=", "x" * 24])
def test_a_webhook_with_its_secret(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    _set(monkeypatch, WEBHOOK="http://10.0.0.5:8080/kabar?x=1", WEBHOOK_RAHASIA=secret)
    assert read_settings().webhook == "http://10.0.0.5:8080/kabar?x=1"
    assert secret not in repr(read_settings())


@pytest.mark.parametrize("address", ["ftp://x/y", "penerima", "https://", "https://nama:sandi@x/y", "https://x/y#z"])
def test_an_address_that_is_none_for_a_webhook(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    _set(monkeypatch, WEBHOOK=address, WEBHOOK_RAHASIA="x" * 24)
    with pytest.raises(SetupError, match="HUB_WEBHOOK ="):
        read_settings()


@pytest.mark.parametrize("secret", [None, "", "pendek-rahasia", "whsec_QUJD", "whsec_***rahasia***rahasia***"])
def test_a_webhook_without_a_secret_that_is_one_is_refused_and_the_secret_not_shown(
    monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    _set(monkeypatch, WEBHOOK="https://x/y", **({} if secret is None else {"WEBHOOK_RAHASIA": secret}))
    with pytest.raises(SetupError, match="HUB_WEBHOOK_RAHASIA") as refused:
        read_settings()
    assert not secret or secret not in refused.value.message


def test_no_webhook_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, WEBHOOK="", WEBHOOK_RAHASIA="")
    assert read_settings().webhook is None
