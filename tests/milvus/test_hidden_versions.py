"""What readers no longer see is deleted, also where changes never pause."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.milvus.hidden import CLEANING_SECONDS, HiddenVersions

GRACE = 2.0


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_a_pause_all_is_due() -> None:
    clock = Clock()
    hidden = HiddenVersions(clock)
    hidden.shown([1, 2])
    assert hidden.due(GRACE) == ()
    assert hidden.rest(GRACE) == GRACE
    clock.now += GRACE
    assert hidden.rest(GRACE) == 0
    assert hidden.due(GRACE) == (1, 2)


@given(st.lists(st.floats(0.01, 1.9), min_size=30, max_size=80))
def test_without_a_pause_what_is_old_is_due_from_time_to_time(pauses: list[float]) -> None:
    clock = Clock()
    hidden = HiddenVersions(clock)
    since: dict[int, float] = {}
    for version, pause in enumerate(pauses):
        since[version] = clock.now
        hidden.shown(list(since))
        clock.now += pause
        for one in hidden.due(GRACE):
            assert clock.now - since.pop(one) >= GRACE
        assert all(clock.now - one < CLEANING_SECONDS + 2 * GRACE for one in since.values())
