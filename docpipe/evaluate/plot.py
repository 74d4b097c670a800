"""Figures become drawings in SVG that stand in an HTML page by themselves."""

from __future__ import annotations

import html
from collections.abc import Mapping

from docpipe.evaluate.summary import Calibration, Measure

INK, SOFT, LINE, BAR = "#1d2733", "#66727f", "#d5dbe1", "#0072b2"


def bars(title: str, groups: Mapping[str, Measure]) -> str:
    """A bar for each group, from 0 to 100, with its interval as a thin line."""
    left, wide, high = 130, 290, 24
    height = 46 + high * len(groups)
    parts = [_text(0, 14, title, weight=600)]
    for share in (0, 25, 50, 75, 100):
        x = left + wide * share / 100
        parts.append(f'<line x1="{x}" y1="22" x2="{x}" y2="{height - 18}" stroke="{LINE}"/>')
        parts.append(_text(x, height - 4, f"{share:g}", anchor="middle", colour=SOFT))
    for number, (name, measure) in enumerate(groups.items()):
        y = 28 + high * number
        middle = y + 7
        low, up = left + wide * measure.low, left + wide * measure.high
        parts += [
            _text(left - 8, y + 11, f"{name} ({measure.documents})", anchor="end"),
            f'<rect x="{left}" y="{y}" width="{wide * measure.value:.1f}" height="14" rx="2" fill="{BAR}"/>',
            f'<path d="M{low:.1f} {middle}H{up:.1f}m0 -4v8M{low:.1f} {middle - 4}v8" stroke="{INK}" fill="none"/>',
            _text(left + wide + 10, y + 11, f"{100 * measure.value:.1f}"),
        ]
    return _svg(left + wide + 50, height, title, parts)


def reliability(known: Calibration) -> str:
    """How often values are right against how sure the model was; on the diagonal it knows how good it is."""
    left, top, side = 46, 26, 220
    most = max(part.values for part in known.bins)
    parts = [_text(0, 14, "Right, by confidence", weight=600)]
    for share in (0, 0.5, 1):
        x, y = left + side * share, top + side * (1 - share)
        parts += [
            f'<path d="M{x} {top}v{side}M{left} {y}h{side}" stroke="{LINE}"/>',
            _text(x, top + side + 16, f"{share:g}", anchor="middle", colour=SOFT),
            _text(left - 8, y + 4, f"{share:g}", anchor="end", colour=SOFT),
        ]
    parts.append(f'<path d="M{left} {top + side}L{left + side} {top}" stroke="{SOFT}" stroke-dasharray="4 4"/>')
    for part in known.bins:
        x, y = left + side * part.confidence, top + side * (1 - part.right)
        size = 3 + 7 * (part.values / most) ** 0.5
        said = f"{part.values} values, confidence {part.confidence:.2f}, right {part.right:.2f}"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{BAR}" fill-opacity="0.8">'
            f"<title>{html.escape(said)}</title></circle>"
        )
    parts.append(_text(left + side / 2, top + side + 34, "confidence", anchor="middle", colour=SOFT))
    return _svg(left + side + 20, top + side + 42, "Right, by confidence", parts)


def _svg(width: float, height: float, title: str, parts: list[str]) -> str:
    return (
        f'<svg width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{html.escape(title, quote=True)}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: int = 400, colour: str = INK) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" font-size="12.5" '
        f'fill="{colour}">{html.escape(text)}</text>'
    )
