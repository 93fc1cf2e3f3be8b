"""The bench's networks are what it says: so many links, isolated ones, chains; every question is one the hub answers."""

import random

import networkx
from graphql import parse, validate

from bench import jejaring_bench, jejaring_data
from bench.jejaring_data import JEJARING, LINKS
from schema.build import schema


def test_the_made_up_graph_has_something_to_find() -> None:
    links = jejaring_data.pairs(random.Random(16))
    assert links == jejaring_data.pairs(random.Random(16))
    assert len(links) == len({*links}) == LINKS - 4_000
    assert all(0 <= a < b < JEJARING for a, b in links)
    graph = networkx.Graph(links)
    assert JEJARING - graph.number_of_nodes() == 200
    assert sum(1 for _ in networkx.articulation_points(graph)) > 100


def test_every_question_is_one_the_schema_knows() -> None:
    core = schema()._schema
    query = [
        v for v in vars(jejaring_bench).values() if isinstance(v, str) and v.lstrip().startswith(("query", "{ daftar"))
    ]
    assert len(query) >= 5
    for q in query:
        assert validate(core, parse(q)) == [], q
