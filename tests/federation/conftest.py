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
from tests.federation.asgi_server import RecordingServer
from tests.federation.gateway import BIN, HERE, HOME, Compose, Gateway, Supergraph, install_packages, run_node
from tests.federation.rain_service import rain_service
from tests.federation.statistics_service import statistics
from tests.hub_server import SETTINGS


def pytest_collection_finish(session: pytest.Session) -> None:
    """npm takes its time, most of it waiting: it begins while other tests run."""
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if is_first and not session.config.option.collectonly and any(i.path.is_relative_to(HERE) for i in session.items):
        threading.Thread(target=install_packages, daemon=True).start()


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The node_modules folder."""
    result = install_packages()
    assert result is None or result.returncode == 0, f"npm ci: {result.stderr[-2000:]}"
    return HOME / "node_modules"


@pytest.fixture(scope="session")
def compose(node_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Compose:
    """compose(composer, {name: (url, SDL)}): the supergraph; AssertionError with the composer's words where it refuses."""

    def run(composer: str, subgraphs: dict[str, tuple[str, str]]) -> str:
        folder = tmp_path_factory.mktemp("supergraf")
        arguments: list[Any] = []
        for name, (address, schema_text) in subgraphs.items():
            (folder / f"{name}.graphql").write_text(schema_text)
            arguments += [name, address, folder / f"{name}.graphql"]
        output = folder / "supergraph.graphql"
        command = [BIN / "node", HERE / "compose.mjs", composer, output, *arguments]
        result = run_node(command, folder, NODE_PATH=str(node_packages))
        assert result.returncode == 0, result.stderr
        return output.read_text()

    return run


@pytest.fixture(scope="module")
def module_demo_url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    """The demo in a database of this file's own: a test writes a draft into it."""
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture(scope="module")
def supergraph(
    module_demo_url: str, node_packages: Path, compose: Compose, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Supergraph]:
    hub = RecordingServer(create_app(SETTINGS, login_url(module_demo_url)), "on")
    hub.start()
    answer = httpx.post(
        f"{hub.address}/graphql",
        json={"query": '{ _service { sdl } kabupaten(kode: "53.14") { kecamatan { desa { kode } } } }'},
    ).json()["data"]
    desa = [d["kode"] for c in answer["kabupaten"]["kecamatan"] for d in c["desa"]]
    app, schema = statistics(desa)
    other = RecordingServer(app)
    other.start()
    rain_app, rain_schema = rain_service()
    rainy = RecordingServer(rain_app)
    rainy.start()
    assert answer["_service"]["sdl"].strip() == sdl().strip()  # what is composed is what the hub tells
    composed = compose(
        "@apollo/composition",
        {
            "hub": (f"{hub.address}/graphql", answer["_service"]["sdl"]),
            "statistik": (f"{other.address}/graphql", schema),
            "hujan": (f"{rainy.address}/graphql", rain_schema),
        },
    )
    folder = tmp_path_factory.mktemp("gerbang")
    gateway = Gateway(node_packages, composed, folder)
    yield Supergraph(hub, other, rainy, gateway, desa, module_demo_url, folder / "supergraph.graphql", node_packages)
    gateway.stop()
    rainy.stop()
    other.stop()
    hub.stop()
