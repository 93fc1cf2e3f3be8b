"""The hub beside another subgraph, for each of the two composers that routers take their supergraph from."""

import pytest

from schema.build import sdl
from tests.federation.gateway import Compose
from tests.federation.statistik_service import statistik

PENYUSUN = pytest.mark.parametrize("penyusun", ["@apollo/composition", "@theguild/federation-composition"])


@PENYUSUN
def test_the_hub_composes_alone_and_with_another(compose: Compose, penyusun: str) -> None:
    hub, lain = ("http://hub/graphql", sdl()), ("http://statistik/graphql", statistik([])[1])
    sendiri = compose(penyusun, {"hub": hub})
    assert "luasKm2" in sendiri
    assert "luasHutan" not in sendiri
    berdua = compose(penyusun, {"hub": hub, "statistik": lain})
    for kata in ("luasHutan", "pdrb", "hutanTerluas", "daftarRekap", 'key: "kode"', 'key: "id"'):
        assert kata in berdua


@PENYUSUN
def test_value_types_may_be_another_services_too(compose: Compose, penyusun: str) -> None:
    lain = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@shareable"])
      type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      type Query { halaman: PageInfo }"""
    hub = ("http://hub/graphql", sdl())
    assert "halaman" in compose(penyusun, {"hub": hub, "lain": ("http://lain/graphql", lain)})
    with pytest.raises(AssertionError, match="PageInfo"):  # a composer that refuses nothing would prove nothing
        compose(
            penyusun,
            {"hub": hub, "lain": ("http://lain/graphql", lain.replace("PageInfo @shareable", "PageInfo"))},
        )
