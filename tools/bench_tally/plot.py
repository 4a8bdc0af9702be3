# SPDX-License-Identifier: EUPL-1.2
"""Draws how the time grows with the number of ballots, on two logarithmic axes, as SVG with the numbers beside it."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

WIDTH, HEIGHT, MARGIN = 640, 400, 70
COLOURS = ("#154273", "#a90061", "#275937", "#b05000")

Points = Sequence[tuple[int, float]]
"""Numbers of ballots, each with the CPU seconds it took."""


def svg(lines: Mapping[str, Points]) -> str:
    """Return the picture; a line as steep as the grey one is exactly in proportion."""
    points = [point for line in lines.values() for point in line]
    left, right = log10(min(ballots for ballots, _ in points)), log10(max(ballots for ballots, _ in points))
    low = floor(log10(min(taken for _, taken in points)))
    high = ceil(log10(max(taken for _, taken in points)))

    def place(ballots: float, taken: float) -> str:
        x = MARGIN + (log10(ballots) - left) / (right - left) * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - (log10(taken) - low) / (high - low) * (HEIGHT - 2 * MARGIN)
        return f"{x:.1f},{y:.1f}"

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="sans-serif" font-size="13">',
        "<title>CPU seconds by number of ballots</title>",
        f'<polyline points="{place(10**left, 10**low)} {place(10**right, 10 ** (low + right - left))}"',
        'fill="none" stroke="#999" stroke-dasharray="4"/>',
    ]
    for power in range(low, high + 1):
        y = place(10**left, 10**power).split(",")[1]
        drawn.append(f'<text x="{MARGIN - 8}" y="{y}" text-anchor="end">{10.0**power:g} s</text>')
    for ballots in sorted({ballots for ballots, _ in points}):
        x = place(ballots, 10**low).split(",")[0]
        drawn.append(f'<text x="{x}" y="{HEIGHT - MARGIN + 24}" text-anchor="middle">{ballots:,}</text>')
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        path = " ".join(place(*point) for point in line)
        x, y = place(*line[-1]).split(",")
        told = ", ".join(f"{ballots:,} in {taken:.3g} s" for ballots, taken in line)
        drawn += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2">',
            f"<title>{name}: {told}</title></polyline>",
            f'<text x="{x}" y="{y}" dy="-8" text-anchor="end" fill="{colour}">{name}</text>',
        ]
    return "\n".join([*drawn, "</svg>\n"])
