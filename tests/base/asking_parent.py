"""A program that asks a child, says its process id and waits; its test kills it."""

from hub.base.child_process import ask_child
from tests.base.child_limits import LIMITS, WORKS

for answer in ask_child(WORKS, b"sleep", LIMITS):
    print(answer.decode(), flush=True)
