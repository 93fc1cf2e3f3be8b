"""The map page seen from so far that a level is not drawn yet: it says so, and draws it nearer by."""

from playwright.sync_api import expect

from tests.client import Klien
from tests.web.conftest import Buka
from tests.web.peta_halaman import buka_peta, tenang, tergambar


def test_a_level_that_is_not_drawn_yet_is_told_and_comes_nearer_by(peramban_peta: Buka, hub: Klien) -> None:
    hub.sql("UPDATE peta_versi SET mulai = '{0,0,0,12}'")
    with peramban_peta(1280, 800, hub) as peramban:
        buka_peta(peramban, "#di=53.14&tingkat=desa&lihat=8.50/-10.7500/123.1000")
        note = peramban.halaman.get_by_text(
            "desa/kelurahan terlalu banyak untuk digambar; perbesar peta sampai zoom 12"
        )
        expect(note).to_be_visible()
        assert tergambar(peramban, "darat") == []
        assert len(tergambar(peramban, "dasar")) > 5, "the land is there"
        peramban.halaman.evaluate(
            "document.querySelector('.peta').petaHub.moveTo({ zoom: 12.2, lon: 123.05, lat: -10.73 })"
        )
        tenang(peramban)
        expect(note).to_be_hidden()
        assert {f["tingkat"] for f in tergambar(peramban, "darat")} == {"DESA"}
        assert peramban.keluhan == []
