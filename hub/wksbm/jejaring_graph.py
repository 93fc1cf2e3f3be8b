"""The graph of networks (WKSBM) in memory, for questions that SQL is no place for: components and articulation points.

The nodes and links of one day come in one statement and are kept for as long as the database has not told of a change to
the tables they come from (Berita.versi_tabel) and nothing was written here. Everybody may read networks, so one graph
serves all callers. What a region looks like is worked out once per graph. rustworkx (Apache-2.0) does the walking: for
5.000 networks and 40.000 links it takes some milliseconds where networkx takes twenty to thirty times as long.
"""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import orjson
import rustworkx
from cachetools import FIFOCache, LRUCache

from hub.base.actor import PUBLIK
from hub.base.kode import kode_kab
from hub.berita.service import Berita
from hub.db.database import Database
from hub.wksbm.jejaring import graph_statement
from hub.wksbm.tables import TAHAP

_TABEL = ("simpul_wksbm", "hubungan_wksbm", "sumber_daya")
_HARI = 8  # days kept
_WILAYAH = 256  # regions kept per day


class Ringkasan:
    """What the networks of a region look like, by the links among them. Nodes are numbers in the graph of the whole
    country, in order of desa. Holds nothing that holds it: a graph that is replaced is gone at once."""

    def __init__(self, graf: "Graf", dari: int, sampai: int) -> None:
        self._derajat, self._sumber, self._tahap = graf.derajat, graf.sumber, graf.tahap
        self.simpul = range(dari, sampai)
        self._bagian: Any = graf.pygraph.subgraph(list(self.simpul))  # node i of it is node dari + i
        self.hubungan: int = self._bagian.num_edges()
        self.hubungan_keluar = sum(graf.derajat[dari:sampai]) - 2 * self.hubungan
        self.hubungan_sumber = sum(graf.sumber[dari:sampai])

    @property
    def kepadatan(self) -> float:
        """Linked pairs among all pairs; 0 where there is no pair."""
        n = len(self.simpul)
        return 0.0 if n < 2 else self.hubungan / (n * (n - 1) / 2)

    @cached_property
    def terpencil(self) -> list[int]:
        """Networks linked to no other anywhere."""
        return [n for n in self.simpul if self._derajat[n] == 0]

    @cached_property
    def tersendiri(self) -> list[int]:
        """Those of them that are linked to nothing at all."""
        return [n for n in self.terpencil if self._sumber[n] == 0]

    @cached_property
    def komponen(self) -> list[list[int]]:
        """Groups held together by links, the largest first."""
        semua = ([self.simpul.start + i for i in sorted(k)] for k in rustworkx.connected_components(self._bagian))
        return sorted(semua, key=lambda k: (-len(k), k))

    @cached_property
    def rapuh(self) -> set[int]:
        """Networks whose loss splits their group, as nodes of the region's part."""
        return set(rustworkx.articulation_points(self._bagian))

    @cached_property
    def titik_rapuh(self) -> list[tuple[int, int]]:
        """The same with how many parts their group falls into, those that split most first.

        A network lies in as many biconnected parts as its group falls into without it.
        """
        bagian: dict[int, set[int]] = {n: set() for n in self.rapuh}
        if not bagian:
            return []
        for (a, b), nomor in rustworkx.biconnected_components(self._bagian).items():
            for n in (a, b):
                if n in bagian:
                    bagian[n].add(nomor)
        return sorted(((self.simpul.start + n, len(b)) for n, b in bagian.items()), key=lambda t: (-t[1], t[0]))

    @cached_property
    def per_tahap(self) -> list[tuple[str, int]]:
        hitung = Counter(self._tahap[n] for n in self.simpul)
        return [(t, hitung[t]) for t in TAHAP]


@dataclass(slots=True)
class Graf:
    """The networks and links of one day. Lists hold one item per node."""

    pada: date
    id: Sequence[str]
    desa: Sequence[str]
    tahap: Sequence[str]
    derajat: Sequence[int]
    sumber: Sequence[int]
    pygraph: Any
    _wilayah: "LRUCache[str, Ringkasan]" = field(default_factory=lambda: LRUCache(_WILAYAH))

    def kab(self, n: int) -> str:
        """The kabupaten of a node."""
        return kode_kab(self.desa[n])

    def ringkasan(self, wilayah: str) -> Ringkasan:
        """Of the networks in the region of that code."""
        ada = self._wilayah.get(wilayah)
        if ada is None:
            dari = bisect_left(self.desa, wilayah)
            ada = self._wilayah[wilayah] = Ringkasan(self, dari, bisect_left(self.desa, wilayah + "/", dari))
        return ada


class JejaringGraf:
    """`get()` answers from memory while nothing has changed."""

    def __init__(self, db: Database, berita: Berita) -> None:
        self._db = db
        self._berita = berita
        self._isi: FIFOCache[tuple[str, date], Graf] = FIFOCache(_HARI)
        self._tulis = 0
        self._kunci = asyncio.Lock()

    def lupakan(self) -> None:
        """Something was written here just now: the writer must not wait for the database to say so."""
        self._tulis += 1

    async def get(self, pada: date | None = None) -> Graf:
        """The graph as of that day; without it today's."""
        hari = pada or self._db.today()
        ada = self._ada(hari)
        if ada is not None:
            return ada
        async with self._kunci:  # who comes together waits for one reading
            versi = self._versi()  # before reading: what changes meanwhile makes another version
            ada = self._ada(hari)
            if ada is not None:
                return ada
            graf = await self._baca(hari)
            if versi is not None:
                for lama in [k for k in self._isi if k[0] != versi]:
                    del self._isi[lama]
                self._isi[versi, hari] = graf
            return graf

    def _versi(self) -> str | None:
        versi = self._berita.versi_tabel(*_TABEL)
        return None if versi is None else f"{versi}.{self._tulis}"

    def _ada(self, hari: date) -> Graf | None:
        versi = self._versi()
        return None if versi is None else self._isi.get((versi, hari))

    async def _baca(self, hari: date) -> Graf:
        (jawab,) = await self._db.read_json(PUBLIK, [graph_statement(hari)])
        isi = orjson.loads(jawab or b"{}")
        nomor, desa, tahap = (teks.split(",") if teks else [] for teks in isi["simpul"])
        pygraph: Any = rustworkx.PyGraph(multigraph=False)
        pygraph.add_nodes_from(range(len(nomor)))
        pygraph.add_edges_from_no_data(list(zip(*map(_angka, isi["pasangan"]), strict=True)))
        sumber = [0] * len(nomor)
        for n, banyak in zip(*map(_angka, isi["sumber"]), strict=True):
            sumber[n] = banyak
        derajat = [pygraph.degree(n) for n in range(len(sumber))]
        return Graf(hari, nomor, desa, tahap, derajat, sumber, pygraph)


def _angka(teks: str | None) -> list[int]:
    """ "3,17,4" as numbers."""
    isi: list[int] = orjson.loads(f"[{teks or ''}]")
    return isi
