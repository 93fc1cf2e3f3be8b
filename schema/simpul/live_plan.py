"""What a document wants of kabupaten, worked out once: as questions to their nodes, and as statements for what is read here. Kept for the
next time it is asked, for working it out takes longer than asking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, VariableNode
from graphql.language.ast import Node as AnyNode

from hub.base.actor import Actor
from hub.base.off_loop import LEARNING
from hub.base.sized_cache import SizedCache
from schema.engine.selection import Fragments, Selections
from schema.simpul.live_copies import Copies
from schema.simpul.live_document import Known, Part, Writer, entities_of, unknown
from schema.simpul.live_fields import FOR_EVERYBODY, FOR_OFFICERS, askable

_NOT_IN_SCHEMA = "belum dikenal simpul"


@dataclass(frozen=True, slots=True)
class Question:
    """To a node of some schema. `asked`: response key → the parts that are asked; `copied`: key of a part that is read from the copy → why;
    `text`: the document."""

    asked: Mapping[str, list[Part]]
    copied: Mapping[str, str]
    text: str

    def body(self, kode: str) -> bytes:
        """Of the request to the node of that kabupaten."""
        return orjson.dumps({"query": self.text, "variables": {"kunci": [{"__typename": "Kabupaten", "kode": kode}]}})


@dataclass(slots=True, eq=False)
class ForWhom:
    """The same for callers of one kind. `parts`: response key → the caller's fields, and which of them are asked; `questions`: by digest of
    the node's schema."""

    parts: Mapping[str, list[Part]]
    questions: dict[str, Question] = field(default_factory=dict)


class LivePlan:
    """`selections`: response key → the fields of that key; `variables`: those that stand in them, coerced."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        variables: Mapping[str, Any],
        selections: Mapping[str, list[FieldNode]],
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.copies = Copies(schema, fragments, variables, selections)
        self._everybody, self._officers = (
            ForWhom(
                {key: Writer(schema, fragments, variables).parts(nodes, allowed) for key, nodes in selections.items()}
            )
            for allowed in (FOR_EVERYBODY, FOR_OFFICERS)
        )

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        return self.copies.size * 4

    def for_whom(self, actor: Actor, kode: str) -> ForWhom:
        """What that caller wants of that kabupaten."""
        return self._officers if askable(actor, kode) is FOR_OFFICERS else self._everybody

    def question(self, whom: ForWhom, digest: str, known: Known | None) -> Question:
        """To nodes whose schema is that one. `known`: what it knows; None: just what ours does."""
        made = whom.questions.get(digest)
        if made is None:
            if len(whom.questions) > 16:
                whom.questions.clear()
            made = whom.questions[digest] = self._question(whom, known)
        return made

    def _question(self, whom: ForWhom, known: Known | None) -> Question:
        kabupaten = self.schema.get_type("Kabupaten")
        assert isinstance(kabupaten, GraphQLObjectType)
        asked: dict[str, list[Part]] = {}
        copied: dict[str, str] = {}
        for key, some in whom.parts.items():
            asked[key] = there = [
                p
                for p in some
                if p.asked and (known is None or not any(unknown(self.schema, known, kabupaten, n) for n in p.asked))
            ]
            copied |= {p.key: p.why or _NOT_IN_SCHEMA for p in some if (p.why or p.asked) and p not in there}
        text = entities_of([[n for p in some for n in p.asked or ()] for some in asked.values()] or [[]])
        return Question(asked, copied, text)


async def plan_of(raw: Any, kept: SizedCache[LivePlan]) -> LivePlan:
    """What the field at hand wants. `raw`: what graphql-core tells a resolver; `kept`: what was worked out before. Raises HubError."""
    variables = dict(raw.variable_values)
    used = {n: variables[n] for n in _variables_below(raw.field_nodes, raw.fragments) if n in variables}
    text, name = raw.operation.loc.source.body, raw.operation.name.value if raw.operation.name else None
    key = ("langsung", text, name, raw.path.key, orjson.dumps(used, default=str, option=orjson.OPT_SORT_KEYS))
    plan = kept.get(key)
    if plan is None:
        own_type = raw.schema.get_type("JawabanSimpul")
        chosen = Selections(raw.schema, raw.fragments, variables).fields(own_type, list(raw.field_nodes))
        selections = {key: nodes for key, nodes in chosen.items() if nodes[0].name.value == "kabupaten"}
        plan = await LEARNING.go_on(LivePlan, raw.schema, raw.fragments, used, selections)
        kept.put(key, plan, plan.size + 8 * len(text))
    return plan


def _variables_below(nodes: Any, fragments: Fragments) -> set[str]:
    """Names of the variables that stand anywhere in what these fields select."""
    names: set[str] = set()
    spread: set[str] = set()
    queue: list[AnyNode] = [n.selection_set for n in nodes if n.selection_set is not None]
    while queue:
        node = queue.pop()
        if isinstance(node, VariableNode):
            names.add(node.name.value)
            continue
        if node.kind == "fragment_spread" and node.name.value not in spread:  # type: ignore[attr-defined]
            spread.add(node.name.value)  # type: ignore[attr-defined]
            queue.append(fragments[node.name.value].selection_set)  # type: ignore[attr-defined]
        queue += _below(node)
    return names


def _below(node: AnyNode) -> Iterator[AnyNode]:
    for name in node.keys:
        value = getattr(node, name, None)
        if isinstance(value, AnyNode):
            yield value
        elif isinstance(value, tuple | list):
            yield from (v for v in value if isinstance(v, AnyNode))
