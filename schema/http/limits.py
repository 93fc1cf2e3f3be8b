"""Guard rails on a document, before it is validated or run: tokens, depth, aliases, root fields, fields; introspection.

Fragments count as often as they are spread, for that is how often their fields are read. One walk visits every fragment
once. Everything that is too much is said at once, each with its own code, the number found, the limit and the remedy.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from graphql import (
    SKIP,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    Lexer,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    StringValueNode,
    TokenKind,
    Visitor,
    parse,
    visit,
)

from hub.base.actor import Actor, Role
from hub.base.errors import LARGEST_COUNT, BodyLimitError, DocumentLimitError, InvalidInputError
from schema.http.media_types import PARTIAL

_UNUSABLE = {"kode": InvalidInputError.kode, "code": InvalidInputError.code}
REPRESENTATIONS = "representations"  # of `_entities`
LONGEST = 60_000  # characters of a document; values belong into variables
_MOST_DIGITS = 1_000  # digits of a whole number; Python reads none of some thousand
_VERY_LONG = re.compile(rf"\d{{{_MOST_DIGITS}}}")
_MOST_NESTING = 150  # fragments inside fragments inside fields …: what the walks over a document can bear
_INTROSPECTION = ("__schema", "__type")
_SCHEMA = (*_INTROSPECTION, "_service")  # what tells the schema; `_service` is federation's way of asking


@dataclass(frozen=True, slots=True)
class GuardRails:
    """All guard rails of /graphql; README's table "Guard rails" says what each is for. `body`, `public_body`: bytes."""

    body: int = 32 * 2**20
    public_body: int = 256 * 2**10
    token: int = 10_000
    depth: int = 16
    alias: int = 250
    roots: int = 20
    fields: int = 2_000
    cost: int = 1_000_000
    introspection: bool = True
    partial: int = PARTIAL  # status of data with errors, where the reader asked for statuses


class _Size(NamedTuple):
    """Of a selection: levels of fields, aliases, fields, levels of fields and fragments."""

    depth: int = 0
    alias: int = 0
    fields: int = 0
    layers: int = 0


@dataclass(slots=True)
class _Walk:
    """One walk over one document."""

    fragments: dict[str, FragmentDefinitionNode]
    sizes: dict[str, _Size | None] = field(default_factory=dict)  # None: being walked (a cycle; validation says so)
    introspecting: list[FieldNode] = field(default_factory=list)
    too_nested: bool = False

    def selection(self, s: SelectionSetNode | None, nesting: int) -> _Size:
        if s is None:
            return _Size()
        if nesting > _MOST_NESTING:
            self.too_nested = True
            return _Size()
        depth = alias = fields = layers = 0
        for node in s.selections:
            if isinstance(node, FieldNode):
                u = self._field(node, nesting)
            elif isinstance(node, InlineFragmentNode):
                u = self.selection(node.selection_set, nesting + 1)
            else:
                assert isinstance(node, FragmentSpreadNode)
                u = self._fragment(node.name.value, nesting)
            depth, alias, fields, layers = (
                max(depth, u.depth),
                alias + u.alias,
                fields + u.fields,
                max(layers, u.layers),
            )
        # a fragment is walked once, so how deep it lies is known only from below
        self.too_nested = self.too_nested or layers + nesting > _MOST_NESTING
        return _Size(depth, alias, fields, layers + 1)

    def _field(self, node: FieldNode, nesting: int) -> _Size:
        alias = 1 if node.alias else 0
        if node.name.value in _SCHEMA:
            self.introspecting.append(node)
        if node.name.value in _INTROSPECTION:
            # not counted: tools send large ones; validation caps how lists of types nest in each other
            return _Size(1, alias, 1, 1)
        u = self.selection(node.selection_set, nesting + 1)
        return _Size(u.depth + 1, u.alias + alias, u.fields + 1, u.layers)

    def _fragment(self, name: str, nesting: int) -> _Size:
        if name not in self.sizes:
            fragment = self.fragments.get(name)
            self.sizes[name] = None
            self.sizes[name] = self.selection(fragment.selection_set if fragment else None, nesting + 1)
        return self.sizes[name] or _Size()

    def count_roots(self, s: SelectionSetNode, seen: set[str]) -> int:
        """Root fields of an operation."""
        count = 0
        queue = [s]
        while queue:
            for node in queue.pop().selections:
                if isinstance(node, FieldNode):
                    count += 1
                elif isinstance(node, InlineFragmentNode):
                    queue.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                    seen.add(node.name.value)  # a second spread at the root adds no field to it
                    fragment = self.fragments.get(node.name.value)
                    queue += [fragment.selection_set] if fragment else []
        return count


def read_document(text: str, guard: GuardRails) -> DocumentNode:
    """The document. Raises GraphQLError: its syntax, or too many tokens; DocumentLimitError: too long a text."""
    if len(text) > LONGEST:
        raise DocumentLimitError(
            f"Dokumen GraphQL ini {len(text)} huruf, paling panjang {LONGEST}; taruh isinya di variables."
        )
    try:
        return parse(Source(text), max_tokens=guard.token)
    except GraphQLSyntaxError:
        # the parser stops at the limit without saying how many there are
        count = _token(text)
        if count <= guard.token:
            raise
    raise _exceeded(
        "BATAS_TOKEN", count, guard.token, "Dokumen ini berisi {} token, paling banyak {}; minta lebih sedikit kolom, pakai fragment, "
        "atau taruh isinya di variables.", None,
    )  # fmt: skip


def check_document(document: DocumentNode, guard: GuardRails) -> list[GraphQLError]:
    """Everything in the document that is too much or not allowed here; empty when nothing is."""
    walk = _Walk({d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)})
    errors: list[GraphQLError] = []
    for d in document.definitions:
        if isinstance(d, OperationDefinitionNode):
            u = walk.selection(d.selection_set, 0)
            roots = walk.count_roots(d.selection_set, set())
            for kode, found, limit, message in (
                ("BATAS_KEDALAMAN", u.depth, guard.depth,
                 "Pertanyaan ini bersarang {} tingkat, paling dalam {}; pecah menjadi beberapa pertanyaan."),
                ("BATAS_ALIAS", u.alias, guard.alias,
                 "Pertanyaan ini memakai {} alias, paling banyak {}; ambil sebagai daftar, atau bagi menjadi beberapa pertanyaan."),
                ("BATAS_AKAR", roots, guard.roots,
                 "Pertanyaan ini meminta {} hal sekaligus pada tingkat teratas, paling banyak {}; bagi menjadi beberapa pertanyaan."),
                ("BATAS_MEDAN", u.fields, guard.fields,
                 "Pertanyaan ini memilih {} kolom (isi fragment dihitung tiap kali dipakai), paling banyak {}; pilih yang perlu saja."),
            ):  # fmt: skip
                if found > limit:
                    errors.append(_exceeded(kode, found, limit, message, d))
    if walk.too_nested:
        message = "Fragment dan pilihan bersarang lebih dari {} lapis; paling dalam {}. Ratakan fragment-fragmentnya."
        errors.append(_exceeded("BATAS_KEDALAMAN", _MOST_NESTING, _MOST_NESTING, message, None))
    if walk.introspecting and not guard.introspection:
        message = "Introspeksi dimatikan di hub ini; pakai berkas skema yang dibagikan pengelola."
        errors.append(GraphQLError(message, walk.introspecting, extensions={"kode": "INTROSPEKSI_MATI"}))
    if too_long := _long_numbers(document):
        message = f"Bilangan di dokumen ini terlalu panjang; paling panjang {_MOST_DIGITS} angka."
        errors.append(GraphQLError(message, too_long, extensions=_UNUSABLE))
    if with_nul := _nul_strings(document):
        message = "Teks tidak boleh berisi karakter NUL (\\u0000)."
        errors.append(GraphQLError(message, with_nul, extensions=_UNUSABLE))
    return errors


_MORE_ERRORS = "Masih ada kesalahan lain; perbaiki dahulu yang disebut di atas."
_LIBRARY_LIMITS = (
    # what the library refuses by itself says neither what the limit is for nor what to do
    ("Maximum introspection depth exceeded", "BATAS_INTROSPEKSI",
     "Introspeksi ini menyusun daftar tipe lebih dari 3 tingkat; minta __schema sekali, seperti yang dilakukan alat GraphQL."),
    ("Too many validation errors", "BATAS_KESALAHAN", _MORE_ERRORS),
    ("Too many errors processing variables", "BATAS_KESALAHAN", _MORE_ERRORS),
    ("Validation aborted", "BATAS_PERIKSA",
     "Dokumen ini terlalu rumit untuk diperiksa: terlalu banyak kolom atau fragment yang bertumpuk di satu tempat. Tulis tiap "
     "kolom dan fragment sekali saja."),
    ("Syntax Error: Document is nested too deeply", "BATAS_KEDALAMAN",
     "Dokumen ini bersarang terlalu dalam untuk dibaca; ratakan pilihannya, atau taruh nilainya di variables."),
)  # fmt: skip


def name_limit(error: GraphQLError) -> GraphQLError:
    """The same error; where it is a limit of the library's, with the code and the remedy that every guard rail has."""
    for prefix, kode, message in _LIBRARY_LIMITS:
        if error.message.startswith(prefix):
            return GraphQLError(
                message, error.nodes, error.source, error.positions, error.path, extensions={"kode": kode}
            )
    return error


def body_limit(guard: GuardRails, actor: Actor) -> int:
    """Bytes that one request of that caller may have."""
    return guard.public_body if actor.role is Role.PUBLIC else guard.body


def too_large(guard: GuardRails, actor: Actor) -> BodyLimitError:
    """What is said to that caller about a request beyond it."""
    if actor.role is Role.PUBLIC:
        return BodyLimitError(
            f"Tanpa token sebuah permintaan paling banyak {guard.public_body // 2**10} KiB; kirim token kantor Anda, atau "
            "perkecil permintaannya."
        )
    return BodyLimitError(f"Permintaan terlalu besar; paling banyak {guard.body // 2**20} MiB.")


def too_deep(value: object) -> bool:
    """Whether lists and objects lie in each other deeper than what takes them on can bear."""
    try:
        orjson.dumps([[[value]]])  # the walks over variables put a few levels around them
    except orjson.JSONEncodeError:
        return True
    return False


def contains_nul(given: object) -> bool:
    """Whether a text or a key in this JSON value contains NUL, which PostgreSQL cannot keep."""
    queue = [given]
    while queue:
        value = queue.pop()
        if isinstance(value, str):
            if "\0" in value:
                return True
        elif isinstance(value, dict):
            queue += value.keys()
            queue += value.values()
        elif isinstance(value, list):
            queue += value
    return False


def _exceeded(kode: str, found: int, limit: int, message: str, node: Node | None) -> GraphQLError:
    found = min(found, LARGEST_COUNT)  # fragments that multiply soon count more than a JSON number holds
    return GraphQLError(
        message.format(found, limit), node, extensions={"kode": kode, "ditemukan": found, "batas": limit}
    )  # fmt: skip


def _token(text: str) -> int:
    """How many tokens a text has, as far as it can be read; comments count too."""
    lexer, count = Lexer(Source(text)), 0
    try:
        token = lexer.token
        while token.kind is not TokenKind.EOF:
            token = lexer.read_next_token(token.end)
            count += 1
    except GraphQLSyntaxError:
        return count
    return count - 1  # the end is none


class _LongNumberFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Node] = []

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        if len(node.value) > _MOST_DIGITS:
            self.found.append(node)


def _long_numbers(document: DocumentNode) -> list[Node]:
    if document.loc is None or _VERY_LONG.search(document.loc.source.body) is None:
        return []
    finder = _LongNumberFinder()
    visit(document, finder)
    return finder.found


class _NulFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Node] = []

    def enter_argument(self, node: ArgumentNode, *_: object) -> object:
        return (
            SKIP if node.name.value == REPRESENTATIONS else None
        )  # each of these is told what is wrong with it at its place

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if "\0" in node.value:
            self.found.append(node)


def _nul_strings(document: DocumentNode) -> list[Node]:
    source = document.loc.source.body if document.loc else ""
    if "\\u" not in source and "\0" not in source:
        return []
    finder = _NulFinder()
    visit(document, finder)
    return finder.found
