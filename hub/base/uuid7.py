"""UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random. Sorts by time, needs no sequence."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    nilai = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    nilai = nilai & ~(0xF << 76) | 0x7 << 76  # version
    nilai = nilai & ~(0x3 << 62) | 0x2 << 62  # variant
    return uuid.UUID(int=nilai)
