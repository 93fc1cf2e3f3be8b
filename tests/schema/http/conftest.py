"""What several tests of the HTTP edge stand on."""

import pytest

from hub.berita.service import Berita
from tests.hub_server import Server


@pytest.fixture
def berita(server: Server) -> Berita:
    service = server.app.state.berita
    assert isinstance(service, Berita)
    return service
