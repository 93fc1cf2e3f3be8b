"""What a field asks: its arguments, as a domain's reads see them. Values become bound parameters, always; only whether one was given
at all, and which choice of an enumeration it is, may shape the statement. So one statement serves every value of its
variables."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlalchemy.types import TypeEngine

Variables = Mapping[str, Any]
Getter = Callable[[Variables], Any]
Convert = Callable[[Any], Any]
Known = Any  # what conversions look things up in: the catalogue in force
CheckedConvert = Callable[[Any, Known], Any]


def plain(value: Any) -> Any:
    """Enumeration members as their names, at any depth; everything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """A bound parameter and how to get its value from the variables of one call and what is known at that time."""

    name: str
    get: Callable[[Variables, Known], Any]


class Parameters:
    """All bound parameters of one statement. `regional`: it is refused where it meets a region that the hub does not answer for."""

    def __init__(self) -> None:
        self.items: list[Parameter] = []
        self.regional = False

    def add(self, get: Callable[[Variables, Known], Any], type_: TypeEngine[Any]) -> BindParameter[Any]:
        name = f"p{len(self.items)}"
        self.items.append(Parameter(name, get))
        return bindparam(name, None, type_=type_)

    def add_region(self, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """The code below which this hub answers; null: for everything."""
        self.regional = True
        return self.add(lambda _, known: known.region, type_)

    def values(self, variables: Variables, known: Known) -> dict[str, Any]:
        """Values for one call. Raises HubError when a value cannot be used."""
        return {p.name: p.get(variables, known) for p in self.items}


class Args(ABC):
    """The arguments of one field. `source`: the parent object where it is no row; `parameters`: of the statement; `variant`: which
    of a few statements is made, where the root field says that there are several."""

    def __init__(self, parameters: Parameters, source: Any = None) -> None:
        self.parameters = parameters
        self.source = source
        self.variant: Any = None

    @abstractmethod
    def now(self, name: str) -> Any:
        """The value in the call the statement is made for. Shapes the statement."""

    @abstractmethod
    def getter(self, name: str) -> Getter:
        """How to get the value out of the variables of any call."""

    def has(self, name: str) -> bool:
        """Whether the argument has a value that is not null (its default included). Shapes the statement."""
        return self.now(name) is not None

    def choice(self, name: str) -> Any:
        """The value of an enumeration or boolean argument. Shapes the statement."""
        return plain(self.now(name))

    def choices(self, name: str) -> list[str]:
        """The values of a list of enumeration members; none given: empty. Shapes the statement."""
        value: list[str] = plain(self.now(name)) or []
        return value

    def field(self, name: str, key: str) -> bool:
        """Whether an input object has that field with a value that is not null. Shapes the statement."""
        value = self.now(name)
        return value is not None and _member(value, key) is not None

    def value(self, name: str) -> Any:
        """The value itself, for a field that asks the database differently for different values."""
        return self.now(name)

    def bind(self, name: str, type_: TypeEngine[Any], convert: Convert = plain) -> BindParameter[Any]:
        """The value as a bound parameter; `convert` runs for each call and may raise HubError."""
        get = self.getter(name)
        return self.parameters.add(lambda v, _: convert(get(v)), type_)

    def bind_checked(self, name: str, type_: TypeEngine[Any], convert: CheckedConvert) -> BindParameter[Any]:
        """The same, looking things up in what is known: the catalogue."""
        get = self.getter(name)
        return self.parameters.add(lambda v, k: convert(get(v), k), type_)

    def bind_together(
        self, names: Sequence[str], type_: TypeEngine[Any], convert: Callable[..., Any]
    ) -> BindParameter[Any]:
        """One value made of several arguments that only make sense together; `convert` takes them in that order."""
        get = [self.getter(n) for n in names]
        return self.parameters.add(lambda v, _: convert(*(g(v) for g in get)), type_)

    def bind_field(self, name: str, key: str, type_: TypeEngine[Any], convert: Convert = plain) -> BindParameter[Any]:
        """One field of an input object as a bound parameter."""
        get = self.getter(name)
        return self.parameters.add(lambda v, _: convert(_member(get(v), key)), type_)

    def bind_field_checked(
        self, name: str, key: str, type_: TypeEngine[Any], convert: CheckedConvert
    ) -> BindParameter[Any]:
        """The same, looking things up in what is known."""
        get = self.getter(name)
        return self.parameters.add(lambda v, k: convert(_member(get(v), key), k), type_)

    def constant(self, value: Any, type_: TypeEngine[Any]) -> BindParameter[Any]:
        """A value known when the statement is built (a key of the parent object)."""
        return self.parameters.add(lambda v, _: value, type_)


def _member(value: Any, key: str) -> Any:
    """A field of an input: a dictionary, keys in GraphQL spelling."""
    return value.get(key) if isinstance(value, Mapping) else None
