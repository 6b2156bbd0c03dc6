"""Risk against coverage as an SVG picture."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from retrieval.evaluation.measures import RiskCoverage
from retrieval.evaluation.report import Report, VariantReport

WIDTH, HEIGHT = 720, 480
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 48, 56
# The colours of Okabe and Ito (2008), told apart by readers with any colour vision.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
# More points than this are not told apart at this size.
MOST_POINTS = 500


def risk_coverage_svg(report: Report) -> str:
    """The curve of each variant, with a dot where the threshold stands. Axes in percent."""
    highest = _top_of_axis([variant.curve for variant in report.variants])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13" fill="#222">',
        f"<title>{escape(_title(report))}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="15">{escape(_title(report))}</text>',
        *_axes(highest),
    ]
    for position, variant in enumerate(report.variants):
        colour = COLOURS[position % len(COLOURS)]
        parts += _curve(variant.curve, highest, colour)
        parts += _operating_point(variant.curve, report.threshold, highest, colour)
        parts += _key(variant, position, colour)
    return "\n".join([*parts, "</svg>", ""])


def _title(report: Report) -> str:
    return f"{report.data_set}: risk against coverage, {report.questions:,} questions"


def _top_of_axis(curves: Sequence[RiskCoverage]) -> float:
    """The highest risk, up to the next tenth."""
    highest = max((float(curve.risk.max()) for curve in curves if curve.risk.size), default=1.0)
    return max(0.1, float(np.ceil(highest * 10 - 1e-9)) / 10)


def _x(coverage: float) -> float:
    return LEFT + coverage * (WIDTH - LEFT - RIGHT)


def _y(risk: float, highest: float) -> float:
    return HEIGHT - BOTTOM - risk / highest * (HEIGHT - TOP - BOTTOM)


def _axes(highest: float) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts: list[str] = []
    for step in range(6):
        share = step / 5
        x, y = _x(share), _y(share * highest, highest)
        parts += [
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{100 * share * highest:.0f}%</text>",
            f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{100 * share:.0f}%</text>',
        ]
    middle = (TOP + bottom) / 2
    return [
        *parts,
        f'<text x="{_x(0.5):.1f}" y="{HEIGHT - 12}" text-anchor="middle">'
        "coverage: share of the questions answered</text>",
        f'<text transform="translate(16 {middle:.0f}) rotate(-90)" text-anchor="middle">'
        "risk: share of the answers that are wrong</text>",
    ]


def _curve(curve: RiskCoverage, highest: float, colour: str) -> list[str]:
    if not curve.coverage.size:
        return []
    count = min(MOST_POINTS, curve.coverage.size)
    chosen = np.unique(np.linspace(0, curve.coverage.size - 1, num=count).round().astype(int))
    points = " ".join(
        f"{_x(float(curve.coverage[i])):.1f},{_y(float(curve.risk[i]), highest):.1f}"
        for i in chosen
    )
    return [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>']


def _operating_point(
    curve: RiskCoverage, threshold: float, highest: float, colour: str
) -> list[str]:
    """The last point of the curve at which the threshold is still reached."""
    reached = np.flatnonzero(curve.confidence >= threshold)
    if not reached.size:
        return []
    coverage, risk = float(curve.coverage[reached[-1]]), float(curve.risk[reached[-1]])
    x, y = _x(coverage), _y(risk, highest)
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"><title>'
        f"confidence {threshold:g}: coverage {coverage:.1%}, risk {risk:.1%}</title></circle>"
    ]


def _key(variant: VariantReport, position: int, colour: str) -> list[str]:
    y = TOP + 16 + 20 * position
    x = LEFT + 16
    words = escape(f"{variant.name} (area {variant.curve.area:.3f})")
    return [
        f'<line x1="{x}" y1="{y - 4}" x2="{x + 24}" y2="{y - 4}" stroke="{colour}"'
        ' stroke-width="2"/>',
        f'<text x="{x + 32}" y="{y}">{words}</text>',
    ]
