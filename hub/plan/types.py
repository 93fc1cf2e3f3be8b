"""Column kinds of parameters, as the compiled reads name them."""

from typing import Any

from sqlalchemy import ARRAY, Date, DateTime, Text
from sqlalchemy.types import TypeEngine

from hub.db.metadata import Kode

KODE: TypeEngine[Any] = Kode
TEXT: TypeEngine[Any] = Text()
TEXTS: TypeEngine[Any] = ARRAY(Text())
DATES: TypeEngine[Any] = ARRAY(Date())
TIME: TypeEngine[Any] = DateTime(timezone=True)
