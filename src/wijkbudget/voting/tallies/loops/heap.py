# SPDX-License-Identifier: EUPL-1.2
"""Keeps the options that wait in a heap, so that the one with the lowest floor is at hand."""

from wijkbudget.voting.tallies.loops.machine import WAITING, Purses, inlined


@inlined
def sink(purses: Purses, at: int) -> None:
    """Bring an option whose floor rose to its place in the heap."""
    heap, size = purses.heap, purses.numbers[WAITING]
    while True:
        least = at
        for child in (2 * at + 1, 2 * at + 2):
            if child < size and purses.floors[heap[child]] < purses.floors[heap[least]]:
                least = child
        if least == at:
            break
        heap[at], heap[least] = heap[least], heap[at]
        at = least


@inlined
def cheapest(purses: Purses) -> int:
    """Return the option with the lowest floor, or -1 if none is alive; forget those that are not."""
    while purses.numbers[WAITING] > 0 and not purses.alive[purses.heap[0]]:
        purses.numbers[WAITING] -= 1
        purses.heap[0] = purses.heap[purses.numbers[WAITING]]
        sink(purses, 0)
    return purses.heap[0] if purses.numbers[WAITING] > 0 else -1


@inlined
def line_up(purses: Purses) -> None:
    """Put all options that are alive in a heap by their floors."""
    size = 0
    for option in range(len(purses.alive)):
        if purses.alive[option]:
            purses.heap[size] = option
            size += 1
    purses.numbers[WAITING] = size
    for at in range(size // 2 - 1, -1, -1):
        sink(purses, at)
