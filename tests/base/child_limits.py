"""Which child the tests of child processes ask, and what it may take."""

from hub.base.child_process import Limits

WORKS = "tests.base.child_works"
LIMITS = Limits(memory=512 * 2**20, cpu=30, wall=60, answer=2**23)
