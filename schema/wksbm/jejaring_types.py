"""GraphQL types of the graph of networks (WKSBM) as a whole. What comes out of a walk in memory is made by a resolver; the
networks in it are read by the compiler, one statement per list."""

from typing import TYPE_CHECKING, Any

import strawberry

from hub.wksbm import jejaring_reads as rows
from hub.wksbm.reads import distance
from schema.engine.declare import argument, column, expression, relation, root
from schema.engine.expectation import expects
from schema.expected_rows import at_most
from schema.page_types import PageInfo, total_count
from schema.scalars import Periode
from schema.wksbm.enums import AlasanCalon, TahapWksbm
from schema.wksbm.types import HubunganWksbm, MitraLuar, Wksbm

if TYPE_CHECKING:
    from hub.wksbm.jejaring_graph import Graph, RegionSummary


@strawberry.federation.type(shareable=True, description="Banyaknya jejaring dalam satu tahap.")
class JumlahTahap:
    tahap: TahapWksbm
    jumlah: int


@strawberry.federation.type(description="Jejaring yang memegang kelompoknya: bila ia hilang, kelompoknya pecah.")
class TitikRapuh:
    wksbm: Wksbm = relation("Jejaringnya.", rows.network_of_node)
    pecahan: int = column("Menjadi berapa bagian kelompoknya bila ia hilang.", "nilai")


@strawberry.federation.type(description="Jejaring yang saling tercapai lewat hubungan di dalam wilayah.")
class KelompokJejaring:
    ukuran: int = column("Banyaknya jejaring.")
    wksbm: list[Wksbm] = relation("Jejaringnya, menurut desa.", rows.members_of_component, rows=50)


@strawberry.federation.type(
    description="Bentuk jejaring sebuah wilayah pada satu hari, menurut hubungan antar WKSBM di dalam wilayah itu saja.",
)
class RingkasanJejaring:
    graph: strawberry.Private[Any]
    summary: strawberry.Private[Any]
    simpul: int = strawberry.field(description="Banyaknya WKSBM.")
    hubungan: int = strawberry.field(
        description="Banyaknya pasangan WKSBM yang terhubung; beberapa hubungan antara pasangan yang sama dihitung sekali."
    )
    hubungan_keluar: int = strawberry.field(
        description="Pasangan dengan WKSBM di luar wilayah ini; tidak ikut dihitung di atas."
    )
    hubungan_sumber: int = strawberry.field(description="Hubungan WKSBM dengan sumber daya sosial dan mitra luar.")
    komponen: int = strawberry.field(
        description="Banyaknya kelompok yang tidak terhubung satu sama lain; yang sendirian juga satu kelompok."
    )
    kepadatan: float = strawberry.field(
        description="Pasangan yang terhubung dibagi semua pasangan, 0 sampai 1; 0 bila kurang dari dua WKSBM."
    )
    per_tahap: list[JumlahTahap] = strawberry.field(
        description="WKSBM menurut tahapnya pada hari itu.", metadata=expects(rows=3)
    )
    jumlah_titik_rapuh: int = strawberry.field(description="Banyaknya titikRapuh.")
    terpencil: list[Wksbm] = root(
        "WKSBM yang tidak terhubung dengan WKSBM lain mana pun, juga tidak di luar wilayah ini.",
        rows.nodes(lambda r, args: r.unlinked if args.choice("tanpaSumber") else r.isolated),
        argument("tanpaSumber", bool | None, "Hanya yang juga tanpa sumber daya sosial dan mitra luar.", False),
        rows=100,
    )
    titik_rapuh: list[TitikRapuh] = root(
        "WKSBM yang bila hilang memecah kelompoknya, dari yang paling memecah.", rows.cut_points, rows=50
    )
    kelompok: list[KelompokJejaring] = root(
        "Kelompok-kelompoknya, dari yang terbesar.",
        rows.components,
        argument("batas", int | None, "Paling banyak sekian kelompok.", 20),
        rows=at_most("batas", 10),
    )

    @classmethod
    def of(cls, graph: "Graph", r: "RegionSummary") -> "RingkasanJejaring":
        return cls(
            graph=graph,
            summary=r,
            simpul=len(r.simpul),
            hubungan=r.hubungan,
            hubungan_keluar=r.hubungan_keluar,
            hubungan_sumber=r.hubungan_sumber,
            komponen=len(r.components),
            kepadatan=r.density,
            per_tahap=[JumlahTahap(tahap=TahapWksbm[t], jumlah=n) for t, n in r.per_phase],
            jumlah_titik_rapuh=len(r.cut_nodes),
        )


@strawberry.federation.type(description="Dua WKSBM yang berdekatan dan belum terhubung.")
class CalonHubungan:
    asal: Wksbm = relation("Yang satu, di wilayah yang ditanya.", rows.first_of_pair)
    tujuan: Wksbm = relation("Yang lain, mungkin di luarnya.", rows.second_of_pair)
    alasan: AlasanCalon = column("Mengapa layak dihubungkan.")
    jarak_km: float | None = expression(
        "Jarak geodesik antara keduanya, km; yang tanpa titik memakai titik desanya. Null bila tidak diketahui.",
        distance,
    )


@strawberry.federation.type(shareable=True, description="WKSBM menurut tahap pada hari terakhir sebuah periode.")
class BarisTahapWksbm:
    periode: Periode = column("Periodenya.")
    penumbuhan: int = column("WKSBM dalam tahap penumbuhan.")
    pemantapan: int = column("WKSBM dalam tahap pemantapan.")
    pengembangan: int = column("WKSBM dalam tahap pengembangan.")
    jumlah: int = column("Seluruhnya.")


@strawberry.federation.type(description="Satu calon hubungan pada halaman, dengan kursornya.")
class CalonHubunganEdge:
    node: CalonHubungan
    cursor: str


@strawberry.federation.type(description="Halaman calon hubungan.")
class CalonHubunganConnection:
    edges: list[CalonHubunganEdge]
    page_info: PageInfo
    total_count: int = total_count()


@strawberry.federation.type(description="Satu hubungan pada halaman, dengan kursornya.")
class HubunganWksbmEdge:
    node: HubunganWksbm
    cursor: str


@strawberry.federation.type(description="Halaman hubungan WKSBM.")
class HubunganWksbmConnection:
    edges: list[HubunganWksbmEdge]
    page_info: PageInfo
    total_count: int = total_count()


@strawberry.federation.type(description="Satu mitra luar pada halaman, dengan kursornya.")
class MitraLuarEdge:
    node: MitraLuar
    cursor: str


@strawberry.federation.type(description="Halaman mitra luar.")
class MitraLuarConnection:
    edges: list[MitraLuarEdge]
    page_info: PageInfo
    total_count: int = total_count()
