"""Runs become one HTML page that needs nothing else: figures, plots, and every miss with a picture of its place.

What stands in documents is escaped; the page has no script and fetches nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import docpipe
from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.earlier import Contest
from docpipe.evaluate.pictures import Pictures, missed, pictures
from docpipe.evaluate.plot import bars, reliability
from docpipe.evaluate.questions import Searched
from docpipe.evaluate.runner import Run
from docpipe.evaluate.score import Score
from docpipe.evaluate.summary import MEASURES, Calibration, Comparison, Measure
from docpipe.evaluate.tabulate import VERDICTS, between, figure
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings

# Pictures of misses in one document and in the whole report, which people send by mail.
MOST_CROPS, MOST_CROPS_ALL = 12, 400
MOST_MISSES = 60
CARDS = (
    "field_f1",
    "exact",
    "anls",
    "teds",
    "rms_f1",
    "grounding",
    "invention",
    "seconds_a_page",
    "output_tokens_a_page",
)

KEY = (
    '<span class="key"><i style="color:#0072b2"></i>where it stands<i style="color:#d55e00"></i>where it was read'
    '<i style="color:#009e73"></i>right</span>'
)
STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1d2733;background:#f4f6f8;margin:0}
main{max-width:1080px;margin:0 auto;padding:32px 20px 80px}
h1{font-size:27px;margin:0 0 4px}h2{font-size:20px;margin:40px 0 12px}h3{font-size:16px;margin:28px 0 8px}
p{margin:4px 0 12px;max-width:75ch}.soft{color:#66727f}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:12px;margin:16px 0}
.card{background:#fff;border:1px solid #dfe4e9;border-radius:8px;padding:12px 14px}
.card b{display:block;font-size:26px;line-height:1.25;font-variant-numeric:tabular-nums}
.card span{display:block;font-size:13px;color:#66727f}
.plots{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}
.plots svg{background:#fff;border:1px solid #dfe4e9;border-radius:8px;padding:14px;height:auto;max-width:100%}
table{border-collapse:collapse;background:#fff;border:1px solid #dfe4e9;font-size:14px;width:100%}
th,td{padding:5px 10px;text-align:left;border-bottom:1px solid #e8ecf0;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;background:#fafbfc}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{background:#fff;border:1px solid #dfe4e9;border-radius:8px;margin:8px 0}
summary{cursor:pointer;padding:10px 14px;display:flex;gap:14px;align-items:baseline}
summary .name{font-weight:600;flex:1;overflow-wrap:anywhere}summary .n{font-variant-numeric:tabular-nums}
.doc{display:grid;grid-template-columns:230px 1fr;gap:16px;padding:4px 14px 14px}
.doc>img{width:100%;border:1px solid #dfe4e9}.doc table{border:0}
.doc td img{display:block;max-width:100%;border:1px solid #dfe4e9}
.doc table{table-layout:fixed}.doc th:first-child{width:27%}.doc th:last-child{width:37%}
.v{font-weight:600;white-space:nowrap}
.wrong,.extra,.invented{color:#b34700}.missed{color:#0062a0}
.key i{display:inline-block;width:11px;height:11px;border:2px solid;margin:0 5px 0 14px}
code{font:13px/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media(max-width:760px){.doc{grid-template-columns:1fr}.doc>img{max-width:260px}}
@media print{details{break-inside:avoid}}
"""


def report(folder: str, runs: Sequence[Run], settings: Settings, against: Sequence[Contest] = ()) -> str:
    """The page. The documents are drawn again with the renderer of `settings`; no model is loaded."""
    title = f"How well {' and '.join(run.model for run in runs)} read{'s' if len(runs) == 1 else ''} {folder}"
    body = [f"<h1>{escape(title)}</h1>", _about(runs), *map(_against, against)]
    left = MOST_CROPS_ALL
    with Pipeline(settings) as pipeline:
        for run in runs:
            if len(runs) > 1:
                body.append(f"<h2>{escape(run.model)}</h2>")
            body.append(_figures(run))
            parts, left = _documents(run, pipeline, left)
            body.append(parts)
    return _page(title, "".join(body))


def searched_report(questions: str, found: Searched) -> str:
    """The page about a search: figures, and for every question whose first hit is wrong what was found instead."""
    missed = [one for one in found.found if 1 not in one.ranks]
    title = f"How well a search finds what {questions} asks for"
    cards = "".join(_card(name, measure) for name, measure in found.measures.items())
    rows = [
        (
            escape(one.question.text),
            escape(
                ", ".join(
                    f"{document}{'' if page is None else f', page {page}'}" for document, page in one.question.places
                )
            ),
            "<br>".join(escape(f"{hit.name}, page {hit.page}") for hit in one.hits[:5]) or _value(None),
            str(one.ranks[0]) if one.ranks else "none",
        )
        for one in missed
    ]
    return _page(
        title,
        f'<h1>{escape(title)}</h1><p class="soft">{len(found.found)} questions, docpipe {docpipe.__version__}. An '
        f'interval is where 95 of 100 draws of the questions lie.</p><div class="cards">{cards}</div>'
        f"<h2>Misses</h2><p>{len(missed)} of {len(found.found)} questions have another first hit.</p>"
        f"{_table(('question', 'wanted', 'found', 'right hit at'), rows) if rows else ''}",
    )


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _card(name: str, measure: Measure) -> str:
    return (
        f'<div class="card"><span>{escape(MEASURES[name][0])}</span><b>{_shown(name, measure.value)}</b>'
        f"<span>{between(name, measure)}</span></div>"
    )


def _about(runs: Sequence[Run]) -> str:
    run = runs[0]
    pages = sum(score.pages for score in run.scores)
    shown = (
        "Every page was shown to the model as a picture: no text layer helped it, and no value was checked against one."
        if run.pixels_only
        else "Documents were read as they are: where a page has text, values were checked against it."
    )
    return (
        f'<p class="soft">{len(run.scores)} documents, {pages} pages, {run.dpi:g} dpi, docpipe {docpipe.__version__}. '
        f"{shown} An interval is where 95 of 100 draws of the documents lie.</p>"
    )


def _figures(run: Run) -> str:
    measures = run.summary.measures
    cards = "".join(_card(name, measures[name]) for name in CARDS if name in measures)
    plots = "".join(
        bars(
            f"Field F1 by {name}", {group: found["field_f1"] for group, found in groups.items() if "field_f1" in found}
        )
        for name, groups in run.summary.groups.items()
        if len(groups) > 1
    )
    known = run.summary.calibration
    plots += reliability(known) if known else ""
    peak = "" if run.peak_mb is None else f" The process held {run.peak_mb:.0f} MB at most."
    sure = (
        f" Confidence is off by {100 * known.error:.1f} points on average, over {known.values} values."
        if known
        else " No value came with a confidence."
    )
    cost = f"Loading the model took {run.load_s:.1f} s; it computed with {run.threads} threads.{peak}{sure}"
    return (
        f'<div class="cards">{cards}</div><p class="soft">{cost}</p><div class="plots">{plots}</div>'
        f"<h3>All measures</h3>{_measures(measures)}<h3>Fields</h3>{_fields(run)}{_confidence(known) if known else ''}"
    )


def _confidence(known: Calibration) -> str:
    rows = [
        (f"{b.low:.1f} to {b.high:.1f}", str(b.values), f"{b.confidence:.2f}", f"{b.right:.2f}") for b in known.bins
    ]
    return (
        "<details><summary><span class='name'>Confidence against the truth</span>"
        f"<span class='n'>{known.values} values</span></summary>"
        f"{_table(('confidence', 'values', 'on average', 'right'), rows)}</details>"
    )


def _measures(measures: Mapping[str, Measure]) -> str:
    rows = [
        (escape(MEASURES[name][0]), _shown(name, measure.value), between(name, measure), str(measure.documents))
        for name, measure in measures.items()
    ]
    return _table(("measure", "value", "95 % of draws", "documents"), rows)


def _differences(comparison: Comparison) -> str:
    rows = [
        (
            escape(MEASURES[name][0]),
            *(figure(name, value) for value in comparison.values[name]),
            f"<b>{figure(name, measure.value, signed=True)}</b>"
            if _sure(measure)
            else figure(name, measure.value, signed=True),
            between(name, measure, signed=True),
            str(measure.documents),
        )
        for name, measure in comparison.differences.items()
    ]
    return _table(("measure", "first", "second", "change", "95 % of draws", "documents"), rows)


def _sure(measure: Measure) -> bool:
    """Whether nearly all draws of documents agree on the direction."""
    return measure.low > 0 or measure.high < 0


def _fields(run: Run) -> str:
    rows = [
        (
            f"<code>{escape(path)}</code>",
            figure("field_f1", counts["field_f1"]),
            *(str(int(counts[v])) for v in VERDICTS),
        )
        for path, counts in sorted(run.summary.fields.items(), key=lambda item: item[1]["field_f1"])
    ]
    return (
        "<details><summary><span class='name'>Every field, the weakest first</span>"
        f"<span class='n'>{len(rows)}</span></summary>{_table(('field', 'F1', *VERDICTS), rows)}</details>"
    )


def _against(contest: Contest) -> str:
    comparison = contest.comparison
    changes = [
        (escape(name), f"{100 * one:.1f}", f"{100 * other:.1f}", f"{100 * (other - one):+.1f}")
        for name, one, other in (*comparison.better, *reversed(comparison.worse))
    ]
    return (
        f"<h2>{escape(contest.other)} (second) against {escape(contest.one)} (first)</h2>"
        f"{f'<p>{escape(contest.warning)}</p>' if contest.warning else ''}"
        f"{_differences(comparison)}"
        f"<p>Of {comparison.documents} documents, {len(comparison.better)} are read better, "
        f"{len(comparison.worse)} worse. A change in bold has one direction in 95 of 100 draws of them.</p>"
        f"{_table(('document', 'first: field F1', 'second', 'change'), changes) if changes else ''}"
    )


def _documents(run: Run, pipeline: Pipeline, left: int) -> tuple[str, int]:
    """The documents with misses, the worst first, and how many pictures may still be made."""
    places = {score.name: number for number, score in enumerate(run.scores)}
    faulty = [score for score in run.scores if any(map(missed, score.outcomes))]
    faulty.sort(key=lambda score: (score.f1, score.name))
    parts = [f"<h2>Misses</h2><p>{len(faulty)} of {len(run.scores)} documents have some. {KEY}</p>"]
    for score in faulty:
        truth = run.truths[places[score.name]]
        shown = pictures(truth, score.outcomes, pipeline.renderer, most=min(MOST_CROPS, left))
        left -= len(shown.crops)
        parts.append(_document(score, shown, opened=score is faulty[0]))
    return "".join(parts), left


def _document(score: Score, shown: Pictures, *, opened: bool) -> str:
    misses = [(number, outcome) for number, outcome in enumerate(score.outcomes) if missed(outcome)]
    # Misses with a picture come first: they are looked at.
    misses.sort(key=lambda miss: miss[0] not in shown.crops)
    rows = "".join(_miss(outcome, shown.crops.get(number)) for number, outcome in misses[:MOST_MISSES])
    more = len(misses) - MOST_MISSES
    right = sum(outcome.verdict == "right" for outcome in score.outcomes)
    error = f'<p class="wrong">{escape(score.error)}</p>' if score.error else ""
    return (
        f"<details{' open' if opened else ''}><summary><span class='name'>{escape(score.name)}</span>"
        f"<span class='soft'>{escape(', '.join(score.groups.values()))}</span>"
        f"<span class='n'>{right} right, {len(misses)} missed or wrong</span>"
        f"<span class='n'>F1 {100 * score.f1:.1f}</span></summary>"
        f"<div class='doc'>{_image(shown.page, f'first page of {score.name}')}<div>{error}<table><thead><tr><th></th>"
        f"<th>expected</th><th>read</th><th>on the page</th></tr></thead>{rows}</table>"
        f"{f'<p class=soft>and {more} more</p>' if more > 0 else ''}</div></div></details>"
    )


def _miss(outcome: Outcome, crop: bytes | None) -> str:
    place = outcome.pointer or outcome.got_pointer or outcome.path
    said: list[str] = [] if outcome.status is None else [outcome.status]
    said += [] if outcome.confidence is None else [f"confidence {outcome.confidence:.2f}"]
    differs = outcome.text is not None and outcome.text != str(outcome.got)
    printed = f"<br><span class=soft>from “{escape(outcome.text or '')}”</span>" if differs else ""
    return (
        f"<tr><td><span class='v {outcome.verdict}'>{outcome.verdict}</span><br><code>{escape(place)}</code>"
        f"<br><span class='soft'>{escape(', '.join(said))}</span></td><td>{_value(outcome.expected)}</td>"
        f"<td>{_value(outcome.got)}{printed}</td><td class='crop'>{_image(crop, f'{place} on the page')}</td></tr>"
    )


def _value(value: Any) -> str:
    return "<span class='soft'>nothing</span>" if value is None else escape(str(value))


def _image(jpeg: bytes | None, about: str) -> str:
    if jpeg is None:
        return "<span></span>"
    data = base64.b64encode(jpeg).decode("ascii")
    return f'<img alt="{escape(about, quote=True)}" src="data:image/jpeg;base64,{data}">'


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are HTML already; the first column is text, the others are numbers."""
    head = "".join(f"<th{' class=n' if n else ''}>{escape(name)}</th>" for n, name in enumerate(heads))
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str]) -> Iterator[str]:
    for number, cell in enumerate(row):
        yield f"<td{' class=n' if number else ''}>{cell}</td>"


def _shown(name: str, value: float) -> str:
    return figure(name, value) + ("" if name.endswith("_a_page") else " %")
