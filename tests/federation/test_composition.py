"""The hub beside another subgraph, for each of the two composers that routers take their supergraph from."""

import pytest

from schema.build import sdl
from tests.federation.gateway import Compose
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


@EACH_COMPOSER
def test_value_types_may_be_another_services_too(compose: Compose, composer: str) -> None:
    other = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@shareable"])
      type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      type Query { halaman: PageInfo }"""
    hub = ("http://hub/graphql", sdl())
    assert "halaman" in compose(composer, {"hub": hub, "lain": ("http://lain/graphql", other)})
    with pytest.raises(AssertionError, match="PageInfo"):  # a composer that refuses nothing would prove nothing
        compose(
            composer,
            {"hub": hub, "lain": ("http://lain/graphql", other.replace("PageInfo @shareable", "PageInfo"))},
        )
