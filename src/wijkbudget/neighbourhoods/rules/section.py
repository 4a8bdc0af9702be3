# SPDX-License-Identifier: EUPL-1.2
"""What every section of a policy is made of."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Le, MaxLen, MinLen

Short = Annotated[str, MinLen(1), MaxLen(120)]
Key = Annotated[str, MinLen(1), MaxLen(40)]
Age = Annotated[int, Ge(0), Le(120)]
Days = Annotated[int, Ge(0), Le(3660)]
Count = Annotated[int, Ge(0), Le(100_000)]
Percent = Annotated[int, Ge(1), Le(100)]
Setting = Annotated[int, Ge(0), Le(1_000_000)]

STRICT: dict[str, Any] = {"strict": True, "extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a policy, with the article of the by-law that a refusal cites."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    article: Short
