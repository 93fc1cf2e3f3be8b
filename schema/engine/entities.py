"""`_entities`: rows by their keys, in the order a router sent them. One statement per type reads any number of keys.

The keys travel as arrays, and the root field's own condition (`by_code`, `by_id`) is correlated to them: what a key may
look like and who may see its row is therefore the root field's rule, by construction. What is wrong with one
representation is an error at its place and leaves the others alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_leaf_type,
    is_object_type,
    print_ast,
)

from hub.base.errors import BatasRepresentasiError, HubError, MasukanTidakSahError, TidakDikenalError
from hub.db.database import Statement
from hub.katalog.katalog import Katalog
from hub.plan.arguments import Convert, Parameters, Variables
from hub.plan.by_keys import ByKeys, by_keys, key_parts
from hub.plan.compiled import Asked
from schema.engine.arguments import DocumentArgs
from schema.engine.compiler import Compiler, how_to_read
from schema.engine.declare import Entities, Entity
from schema.engine.selection import Fragments

# a router sends one representation per row it joins: the desa of the largest province (8.563) fit in one request
TERBANYAK = 10_000

_CONTOH = 'misalnya {"__typename": "Desa", "kode": "53.14.10.2003"}'


@dataclass(frozen=True, slots=True)
class _Key:
    """How one type's keys are read: the field, its scalar, and one conversion per column of the root field's condition."""

    type: GraphQLObjectType
    entity: Entity
    parts: list[Convert]

    def read(self, wakil: Mapping[str, Any]) -> list[Any]:
        """The columns' values. Raises HubError when the representation carries no usable key."""
        kunci = self.entity.key
        if wakil.get(kunci) in (None, Undefined):  # undefined: a variable in the document that was not sent
            raise MasukanTidakSahError(f'Representasi {self.type.name} tanpa "{kunci}"; {_CONTOH}.')
        skalar = get_named_type(self.type.fields[kunci].type)
        assert is_leaf_type(skalar)
        try:
            nilai = skalar.parse_value(wakil[kunci])
        except GraphQLError as salah:
            raise MasukanTidakSahError(f"{self.type.name}.{kunci}: {salah.message}") from None
        return [convert(nilai) for convert in self.parts]


@dataclass(frozen=True, slots=True)
class AskedEntities(Asked):
    """The statements of one `_entities` field. `places`: for each statement, where its objects go; None: one statement
    whose list is the whole answer."""

    length: int = 0
    places: Sequence[Sequence[int]] | None = None

    def join(self, results: Sequence[bytes | None]) -> bytes | None:
        if self.places is None:
            return results[0]
        return b"[" + b",".join(p or b"null" for p in self.split(results)) + b"]"

    def split(self, results: Sequence[bytes | None]) -> list[bytes | None]:
        """The objects one by one, each as the database made it."""
        assert self.places is not None
        potong: list[bytes | None] = [None] * self.length
        for tempat, hasil in zip(self.places, results, strict=True):
            for i, teks in zip(tempat, orjson.loads(hasil or b"[]"), strict=True):
                potong[i] = None if teks is None else teks.encode()
        return potong


@dataclass(slots=True)
class EntityBatch:
    """One `_entities` field of one document with variables of one shape. Statements are made as types turn up."""

    schema: GraphQLSchema
    fragments: Fragments
    variables: Variables
    definition: GraphQLField
    nodes: list[FieldNode]
    _keys: dict[str, _Key] = field(default_factory=dict)
    _queries: dict[tuple[str, bool], ByKeys] = field(default_factory=dict)

    def size(self) -> int:
        """Bytes it takes, about: its piece of the document, and a statement for each type that may turn up."""
        tokens = sum(len(print_ast(n)) for n in (*self.nodes, *self.fragments.values())) // 4
        return 50_000 + 1_000 * tokens

    def ask(self, variables: Variables, katalog: Katalog, *, apart: bool = False) -> AskedEntities:
        """What to ask for these representations. `apart`: where one of them is wrong, the answer can be split.

        Raises BatasRepresentasiError for too many, other HubErrors for an argument of a field below.
        """
        wakil = DocumentArgs(self.nodes[0], self.definition.args, variables, Parameters()).value("representations")
        if not isinstance(wakil, list):
            raise MasukanTidakSahError(f"representations harus daftar objek, {_CONTOH}.")
        if len(wakil) > TERBANYAK:
            raise BatasRepresentasiError(
                f"_entities menerima paling banyak {TERBANYAK} representasi sekali minta; ini {len(wakil)}. "
                "Bagi menjadi beberapa permintaan."
            )
        tempat: dict[str, list[int]] = {}
        kunci: dict[str, list[list[Any]]] = {}
        errors: list[tuple[int, HubError]] = []
        for i, w in enumerate(wakil):
            try:
                cara = self._key(w)
                isi = cara.read(w)
            except HubError as salah:
                errors.append((i, salah))
                continue
            tempat.setdefault(cara.type.name, []).append(i)
            kunci.setdefault(cara.type.name, []).append(isi)
        if len(tempat) == 1 and not (apart and errors):
            # one list from the database is the answer as it stands: what is wrong is a null key, which finds nothing
            ((nama, tempatnya),) = tempat.items()
            penuh: list[list[Any]] = [[None] * len(self._keys[nama].parts)] * len(wakil)
            for i, isi in zip(tempatnya, kunci[nama], strict=True):
                penuh[i] = isi
            return AskedEntities([self._statement(nama, penuh, False, variables, katalog)], errors, len(wakil))
        perintah = [self._statement(nama, kunci[nama], True, variables, katalog) for nama in tempat]
        return AskedEntities(perintah, errors, len(wakil), list(tempat.values()))

    def _key(self, wakil: Any) -> _Key:
        nama = wakil.get("__typename") if isinstance(wakil, Mapping) else None
        if not isinstance(nama, str):
            raise MasukanTidakSahError(f'Representasi harus objek dengan "__typename" dan kuncinya, {_CONTOH}.')
        ada = self._keys.get(nama)
        if ada is None:
            ada = self._keys[nama] = self._learn(nama)
        return ada

    def _learn(self, nama: str) -> _Key:
        baca = how_to_read(self.definition)
        assert isinstance(baca, Entities)
        tipe, entity = self.schema.get_type(nama), baca.types.get(nama)
        if entity is None:
            bisa = f"yang dapat diminta: {', '.join(baca.types)}"
            if tipe is not None:
                raise MasukanTidakSahError(f'"{nama}" bukan entitas, tidak dapat diminta dengan kunci; {bisa}.')
            raise TidakDikenalError(f'Tipe "{nama[:40]}" tidak ada di hub; {bisa}.')
        assert is_object_type(tipe)
        return _Key(tipe, entity, key_parts(entity.build, entity.key))

    def _statement(
        self, nama: str, keys: list[list[Any]], pieces: bool, variables: Variables, katalog: Katalog
    ) -> Statement:
        perintah = self._queries.get((nama, pieces))
        if perintah is None:
            perintah = self._queries[nama, pieces] = self._compile(self._keys[nama], pieces)
        return perintah.statement(list(zip(*keys, strict=True)), variables, katalog)

    def _compile(self, cara: _Key, pieces: bool) -> ByKeys:
        kompilator = Compiler(self.schema, self.fragments, self.variables)
        shape = kompilator.shape(cara.type, self.nodes)
        return by_keys(cara.entity.build, cara.entity.key, shape, kompilator.parameters, pieces=pieces)
