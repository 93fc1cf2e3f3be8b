"""Places: shares of callers, the public's part, what is given back."""

from hub.base.origin import Caller
from hub.base.places import Places, Shares

A, B, T, U = Caller("a"), Caller("b"), Caller("a", "t"), Caller("a", "u")


def test_the_public_leaves_room_for_tokens() -> None:
    places = Places(Shares(total=5, public=3, per_token=2, per_address=2))
    assert [places.take(A), places.take(A), places.take(A)] == [True, True, False]
    assert [places.take(B), places.take(B)] == [True, False]
    assert [places.take(T), places.take(T), places.take(T)] == [True, True, False]
    assert not places.take(U)
    places.give_back(B)
    assert places.take(U)
    assert places.taken == 5


def test_a_token_is_one_caller_wherever_it_is_used() -> None:
    places = Places(Shares(total=5, public=3, per_token=1, per_address=2))
    assert places.take(T)
    assert not places.take(Caller("elsewhere", "t"))


def test_who_holds_none_may_take_more_than_a_share() -> None:
    places = Places(Shares(total=100, public=50, per_token=20, per_address=10))
    assert places.take(A, 40)
    assert not places.take(A, 1)
    assert not places.take(B, 20)
    places.give_back(A, 40)
    assert places.take(B, 20)


def test_nothing_is_kept_of_who_holds_none() -> None:
    places = Places(Shares(total=1, public=1, per_token=1, per_address=1))
    for n in range(100):
        caller = Caller(str(n))
        assert places.take(caller)
        assert not places.take(Caller("late"))
        places.give_back(caller)
    assert not places._held
