"""What several tests of the HTTP edge stand on."""

import pytest

from hub.berita.service import Berita
from tests.hub_server import Peladen


@pytest.fixture
def berita(peladen: Peladen) -> Berita:
    isi = peladen.app.state.berita
    assert isinstance(isi, Berita)
    return isi
