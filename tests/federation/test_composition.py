"""The hub beside another subgraph, for each of the two composers that routers take their supergraph from."""

import re

import pytest

from schema.build import sdl
from tests.federation.gateway import Compose
from tests.federation.rain_service import rain_service
from tests.federation.statistics_service import statistics

EACH_COMPOSER = pytest.mark.parametrize("composer", ["@apollo/composition", "@theguild/federation-composition"])


@EACH_COMPOSER
def test_the_hub_composes_alone_and_with_another(compose: Compose, composer: str) -> None:
    hub, other = ("http://hub/graphql", sdl()), ("http://statistik/graphql", statistics([])[1])
    alone = compose(composer, {"hub": hub})
    assert "luasKm2" in alone
    assert "luasHutan" not in alone
    together = compose(composer, {"hub": hub, "statistik": other})
    for name in ("luasHutan", "pdrb", "hutanTerluas", "daftarRekap", 'key: "kode"', 'key: "id"'):
        assert name in together
    assert "assumedSize" in together  # the hub's estimates reach the router


@EACH_COMPOSER
def test_a_service_may_add_to_an_interface_as_a_whole(compose: Compose, composer: str) -> None:
    hub, rain = ("http://hub/graphql", sdl()), ("http://hujan/graphql", rain_service()[1])
    together = compose(composer, {"hub": hub, "hujan": rain})
    assert together.count("hujan: Float") > 14  # of both interfaces and each of their types


@EACH_COMPOSER
def test_a_service_may_know_the_names_of_regions_itself(compose: Compose, composer: str) -> None:
    other = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
      scalar KodeWilayah
      type Desa @key(fields: "kode") { kode: KodeWilayah! nama: String! @shareable }
      type Query { desaTerdekat: Desa }"""
    hub = ("http://hub/graphql", sdl())
    assert "desaTerdekat" in compose(composer, {"hub": hub, "lain": ("http://lain/graphql", other)})
    unshared = other.replace("nama: String!", "luasKm2: Float")
    with pytest.raises(AssertionError, match="luasKm2"):
        compose(composer, {"hub": hub, "lain": ("http://lain/graphql", unshared)})


@EACH_COMPOSER
def test_node_is_not_told_by_a_router(compose: Compose, composer: str) -> None:
    """Which service would be asked, the router could not know."""
    together = compose(composer, {"hub": ("http://hub/graphql", sdl())})
    assert re.search(r"\bnode\([^)]*\): Node [^\n]*@inaccessible", together)


@EACH_COMPOSER
def test_value_types_may_be_another_services_too(compose: Compose, composer: str) -> None:
    other = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
      type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      type Query { halaman: PageInfo }"""
    hub = ("http://hub/graphql", sdl())
    assert "halaman" in compose(composer, {"hub": hub, "lain": ("http://lain/graphql", other)})
    with pytest.raises(AssertionError, match="PageInfo"):  # a composer that refuses nothing would prove nothing
        compose(
            composer,
            {"hub": hub, "lain": ("http://lain/graphql", other.replace("PageInfo @shareable", "PageInfo"))},
        )
