"""Composers and a gateway from their registry, in the versions of package-lock.json; two services; a gateway over both."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.app import create_app
from hub.db.private_cluster import PrivateCluster, login_url
from schema.build import sdl
from tests.database_clones import clone_of
from tests.federation.asgi_server import Pelayan
from tests.federation.gateway import BIN, RUMAH, SINI, Compose, Gabungan, Gerbang, _node, _pasang
from tests.federation.statistik_service import statistik
from tests.hub_server import SETTINGS


def pytest_collection_finish(session: pytest.Session) -> None:
    """npm takes its time, most of it waiting: it begins while other tests run."""
    pertama = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if pertama and not session.config.option.collectonly and any(i.path.is_relative_to(SINI) for i in session.items):
        threading.Thread(target=_pasang, daemon=True).start()


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The node_modules folder."""
    hasil = _pasang()
    assert hasil is None or hasil.returncode == 0, f"npm ci: {hasil.stderr[-2000:]}"
    return RUMAH / "node_modules"


@pytest.fixture(scope="session")
def compose(node_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Compose:
    """compose(composer, {name: (url, SDL)}): the supergraph; AssertionError with the composer's words where it refuses."""

    def jalankan(penyusun: str, bagian: dict[str, tuple[str, str]]) -> str:
        folder = tmp_path_factory.mktemp("supergraf")
        argumen: list[Any] = []
        for nama, (alamat, isi) in bagian.items():
            (folder / f"{nama}.graphql").write_text(isi)
            argumen += [nama, alamat, folder / f"{nama}.graphql"]
        keluar = folder / "supergraph.graphql"
        perintah = [BIN / "node", SINI / "compose.mjs", penyusun, keluar, *argumen]
        hasil = _node(perintah, folder, NODE_PATH=str(node_packages))
        assert hasil.returncode == 0, hasil.stderr
        return keluar.read_text()

    return jalankan


@pytest.fixture(scope="module")
def demo_url_modul(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """The demo in a database of this file's own: a test writes a draft into it."""
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture(scope="module")
def gabungan(
    demo_url_modul: str, node_packages: Path, compose: Compose, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gabungan]:
    hub = Pelayan(create_app(SETTINGS, login_url(demo_url_modul)), "on")
    hub.nyala()
    isi = httpx.post(
        f"{hub.alamat}/graphql",
        json={"query": '{ _service { sdl } kabupaten(kode: "53.14") { kecamatan { desa { kode } } } }'},
    ).json()["data"]
    desa = [d["kode"] for c in isi["kabupaten"]["kecamatan"] for d in c["desa"]]
    app, skema = statistik(desa)
    lain = Pelayan(app)
    lain.nyala()
    assert isi["_service"]["sdl"].strip() == sdl().strip()  # what is composed is what the hub tells
    supergraf = compose(
        "@apollo/composition",
        {
            "hub": (f"{hub.alamat}/graphql", isi["_service"]["sdl"]),
            "statistik": (f"{lain.alamat}/graphql", skema),
        },
    )
    gerbang = Gerbang(node_packages, supergraf, tmp_path_factory.mktemp("gerbang"))
    yield Gabungan(hub, lain, gerbang, desa, demo_url_modul)
    gerbang.mati()
    lain.mati()
    hub.mati()
