"""ETags as clients send them back."""

import re

_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def held(if_none_match: str | None, tag: str) -> bool:
    """Whether the caller has the answer of that tag. (`*` proves nothing of the kind.)"""
    return if_none_match is not None and tag in _TAG.findall(if_none_match)
