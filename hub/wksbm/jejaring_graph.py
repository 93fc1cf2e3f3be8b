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

from hub.base.actor import PUBLIC
from hub.base.kode import kode_kab
from hub.berita.service import Berita
from hub.db.database import Database
from hub.wksbm.jejaring import graph_statement
from hub.wksbm.tables import PHASES

_TABLES = ("simpul_wksbm", "hubungan_wksbm", "sumber_daya")
_DAYS = 8  # days kept
_WILAYAH = 256  # regions kept per day


class RegionSummary:
    """What the networks of a region look like, by the links among them. Nodes are numbers in the graph of the whole
    country, in order of desa. Holds nothing that holds it: a graph that is replaced is gone at once."""

    def __init__(self, graph: "Graph", start: int, stop: int) -> None:
        self._degrees, self._resource_links, self._phases = graph.degrees, graph.resource_links, graph.phases
        self.simpul = range(start, stop)
        self._part: Any = graph.pygraph.subgraph(list(self.simpul))  # node i of it is node dari + i
        self.hubungan: int = self._part.num_edges()
        self.hubungan_keluar = sum(graph.degrees[start:stop]) - 2 * self.hubungan
        self.hubungan_sumber = sum(graph.resource_links[start:stop])

    @property
    def density(self) -> float:
        """Linked pairs among all pairs; 0 where there is no pair."""
        n = len(self.simpul)
        return 0.0 if n < 2 else self.hubungan / (n * (n - 1) / 2)

    @cached_property
    def isolated(self) -> list[int]:
        """Networks linked to no other anywhere."""
        return [n for n in self.simpul if self._degrees[n] == 0]

    @cached_property
    def unlinked(self) -> list[int]:
        """Those of them that are linked to nothing at all."""
        return [n for n in self.isolated if self._resource_links[n] == 0]

    @cached_property
    def components(self) -> list[list[int]]:
        """Groups held together by links, the largest first."""
        groups = ([self.simpul.start + i for i in sorted(k)] for k in rustworkx.connected_components(self._part))
        return sorted(groups, key=lambda k: (-len(k), k))

    @cached_property
    def cut_nodes(self) -> set[int]:
        """Networks whose loss splits their group, as nodes of the region's part."""
        return set(rustworkx.articulation_points(self._part))

    @cached_property
    def cut_points(self) -> list[tuple[int, int]]:
        """The same with how many parts their group falls into, those that split most first.

        A network lies in as many biconnected parts as its group falls into without it.
        """
        parts: dict[int, set[int]] = {n: set() for n in self.cut_nodes}
        if not parts:
            return []
        for (a, b), number in rustworkx.biconnected_components(self._part).items():
            for n in (a, b):
                if n in parts:
                    parts[n].add(number)
        return sorted(((self.simpul.start + n, len(b)) for n, b in parts.items()), key=lambda t: (-t[1], t[0]))

    @cached_property
    def per_phase(self) -> list[tuple[str, int]]:
        counts = Counter(self._phases[n] for n in self.simpul)
        return [(t, counts[t]) for t in PHASES]


@dataclass(slots=True)
class Graph:
    """The networks and links of one day. Lists hold one item per node."""

    pada: date
    id: Sequence[str]
    desa: Sequence[str]
    phases: Sequence[str]
    degrees: Sequence[int]
    resource_links: Sequence[int]
    pygraph: Any
    _wilayah: "LRUCache[str, RegionSummary]" = field(default_factory=lambda: LRUCache(_WILAYAH))

    def kab(self, n: int) -> str:
        """The kabupaten of a node."""
        return kode_kab(self.desa[n])

    def summary(self, wilayah: str) -> RegionSummary:
        """Of the networks in the region of that code."""
        cached = self._wilayah.get(wilayah)
        if cached is None:
            start = bisect_left(self.desa, wilayah)
            cached = self._wilayah[wilayah] = RegionSummary(self, start, bisect_left(self.desa, wilayah + "/", start))
        return cached


class JejaringGraph:
    """`get()` answers from memory while nothing has changed."""

    def __init__(self, db: Database, berita: Berita) -> None:
        self._db = db
        self._berita = berita
        self._graphs: FIFOCache[tuple[str, date], Graph] = FIFOCache(_DAYS)
        self._writes = 0
        self._lock = asyncio.Lock()

    def forget(self) -> None:
        """Something was written here just now: the writer must not wait for the database to say so."""
        self._writes += 1

    async def get(self, as_of: date | None = None) -> Graph:
        """The graph as of that day; without it today's."""
        day = as_of or self._db.today()
        cached = self._cached(day)
        if cached is not None:
            return cached
        async with self._lock:  # who comes together waits for one reading
            version = self._version()  # before reading: what changes meanwhile makes another version
            cached = self._cached(day)
            if cached is not None:
                return cached
            graph = await self._read(day)
            if version is not None:
                for old in [k for k in self._graphs if k[0] != version]:
                    del self._graphs[old]
                self._graphs[version, day] = graph
            return graph

    def _version(self) -> str | None:
        version = self._berita.version_of_tables(*_TABLES)
        return None if version is None else f"{version}.{self._writes}"

    def _cached(self, day: date) -> Graph | None:
        version = self._version()
        return None if version is None else self._graphs.get((version, day))

    async def _read(self, day: date) -> Graph:
        (answer,) = await self._db.read_json(PUBLIC, [graph_statement(day)])
        content = orjson.loads(answer or b"{}")
        ids, desa, phases = (text.split(",") if text else [] for text in content["simpul"])
        pygraph: Any = rustworkx.PyGraph(multigraph=False)
        pygraph.add_nodes_from(range(len(ids)))
        pygraph.add_edges_from_no_data(list(zip(*map(_angka, content["pasangan"]), strict=True)))
        resource_links = [0] * len(ids)
        for n, count in zip(*map(_angka, content["sumber"]), strict=True):
            resource_links[n] = count
        degrees = [pygraph.degree(n) for n in range(len(resource_links))]
        return Graph(day, ids, desa, phases, degrees, resource_links, pygraph)


def _angka(text: str | None) -> list[int]:
    """ "3,17,4" as numbers."""
    numbers: list[int] = orjson.loads(f"[{text or ''}]")
    return numbers
