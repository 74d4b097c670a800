"""A number and a colour go in; a pen's scribble that passes for a signature comes out as SVG."""

from __future__ import annotations

from markupsafe import Markup

SCRIBBLES = (
    "M2 22 C8 2 14 4 12 18 S20 30 24 14 S30 8 33 18 S40 24 44 12 C48 2 52 30 58 16 S70 10 74 18 L96 14",
    "M4 20 C10 4 20 2 16 16 C13 28 8 26 12 18 C18 8 30 10 28 20 S36 22 40 14 S46 20 52 16 S60 12 66 18 C76 26 84 8 98 12",
    "M3 14 L9 25 L18 4 L20 24 C26 8 30 10 32 20 S42 20 46 12 L50 22 C58 6 62 12 64 20 C72 24 80 18 92 20 M30 27 L84 24",
)


def scribble(number: int, colour: str) -> Markup:
    """One of a few signatures; the next number is another hand."""
    path = SCRIBBLES[number % len(SCRIBBLES)]
    drawn = '<svg viewBox="0 0 100 32"><path d="{}" fill="none" stroke="{}" stroke-width="0.9" stroke-linecap="round"/></svg>'
    return Markup(drawn).format(path, colour)
