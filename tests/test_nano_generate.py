"""The document generator: what it says of a page is what stands on the page, and nothing held out is trained on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

pytest.importorskip("faker", reason="pages are generated for training only: pip install 'docpipe[training]'")

from docpipe.evaluate.truth import load_truths
from docpipe.nano.generate import KINDS, LabelledPage, content, folder, fonts, heldout, make_page, sheet
from docpipe.nano.questions import QUESTIONS
from docpipe.nano.vocabulary import CONCEPTS, LANGUAGES

SEEDS = range(3)


@pytest.fixture(scope="module", params=sorted(KINDS))
def pages(request: pytest.FixtureRequest) -> list[LabelledPage]:
    """Some clean pages of one kind."""
    return [make_page(seed, kind=request.param, worn=0.0) for seed in SEEDS]


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no font package is installed."""
    caches = (fonts.families, fonts._split, fonts._slanted)
    monkeypatch.setattr(fonts, "_listing", lambda: "")
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("without_fonts")
def test_a_line_in_a_fonts_name_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font whose name or style runs over lines is one font; fontconfig lists such."""
    row = "Century\nCatalogue\tRoman\n\t0\t80\t/fonts/century.pfb" + fonts.END
    monkeypatch.setattr(fonts, "_listing", lambda: row)
    assert fonts.families() == fonts.CARRIED


def _spied(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The font files that are loaded from now on."""
    used: set[str] = set()
    load: Callable[[str], pymupdf.Font] = fonts.load

    def spy(file: str) -> pymupdf.Font:
        used.add(file)
        return load(file)

    monkeypatch.setattr(fonts, "load", spy)
    return used


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_seed_gives_the_same_page(kind: str) -> None:
    """A page depends on its seed alone: its pixels, its characters and its facts come again."""
    first, again = make_page(7, kind=kind), make_page(7, kind=kind)
    assert np.array_equal(first.image, again.image)
    assert np.array_equal(first.codes, again.codes)
    assert np.array_equal(first.boxes, again.boxes)
    assert first.facts == again.facts


def test_every_value_is_text_on_the_page(pages: list[LabelledPage]) -> None:
    """A value, a label, an anchor or a start that a fact names is a run of characters that lies on the picture."""
    for page in pages:
        height, width = page.image.shape
        for fact in page.facts:
            runs = [*fact.spans, *([fact.label] if fact.label else []), *((s, s + 1) for s in fact.starts)]
            runs += [(fact.anchor, fact.anchor + 1)] if fact.anchor is not None else []
            for first, last in runs:
                assert 0 <= first < last <= len(page.codes)
                assert page.text(((first, last),)).strip(), fact
                middles = (page.boxes[first:last, :2] + page.boxes[first:last, 2:]) / 2
                assert (middles >= 0).all(), fact
                assert (middles < (width, height)).all(), fact


def test_a_character_is_where_its_box_is(pages: list[LabelledPage]) -> None:
    """There is ink or the edge of ink in the box of every letter and digit, at the foot of the page too."""
    for page in pages:
        for code, (x0, y0, x1, y1) in zip(page.codes, page.boxes, strict=True):
            if chr(code).isalnum():
                inside = page.image[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
                assert inside.size
                assert int(inside.max()) - int(inside.min()) > 20, chr(code)


def test_every_kind_asks_and_denies(pages: list[LabelledPage]) -> None:
    """Each kind of document asks for something that it states, and most for something that it does not."""
    facts = [fact for page in pages for fact in page.facts]
    assert any(fact.spans for fact in facts)
    assert any(not fact.spans and not fact.starts and fact.state is None for fact in facts)
    assert all(fact.labels or fact.names for fact in facts)
    assert all(fact.state is not None for fact in facts if fact.type in {"check", "fits"})


def test_a_form_says_which_boxes_are_ticked() -> None:
    """A ticked box has more ink beside its text than an empty one of the same form."""
    ticked: list[float] = []
    empty: list[float] = []
    for seed in range(16):
        page = make_page(seed, kind="form", worn=0.0)
        for fact in page.facts:
            if fact.type == "check" and fact.label is not None and fact.anchor is None:
                text = page.boxes[fact.label[0] : fact.label[1]]
                x0, y0 = (int(v) for v in text[:, :2].min(0).tolist())
                x1, y1 = (int(v) for v in text[:, 2:].max(0).tolist())
                band = 255.0 - page.image[y0:y1].astype(np.float64)
                ink = band[:, max(0, x0 - 22) : x0 - 1].sum() + band[:, x1 + 1 : x1 + 22].sum()
                (ticked if fact.state else empty).append(float(ink))
    assert len(ticked) > 5
    assert len(empty) > 5
    assert np.mean(ticked) > 1.2 * np.mean(empty)


def test_training_never_sees_the_fonts_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fonts of training pages and of evaluation pages have no file in common."""
    used = _spied(monkeypatch)
    for kind in KINDS:
        make_page(1, kind=kind, worn=0.0)
    trained = set(used)
    used.clear()
    for kind in KINDS:
        make_page(1, kind=kind, worn=0.0, evaluation=True)
    held_out = {file for f in fonts._split(True) for file in (*f.regular, *f.bold, *f.italic)}
    assert trained
    assert not trained & held_out
    assert used <= held_out


def test_training_never_sees_the_words_held_out() -> None:
    """No name, street, town or word is in both pools, and no value on a training page is a held-out one."""
    for language in ("fr", "nl"):
        trained, held_out = content._pools(language, False), content._pools(language, True)
        for name in ("people", "streets", "cities", "words", "roots"):
            assert getattr(trained, name)
            assert getattr(held_out, name)
            assert not set(getattr(trained, name)) & set(getattr(held_out, name))
        kept = {*held_out.people, *held_out.streets, *held_out.cities}
        for write, _ in KINDS.values():
            canvas = write(random.Random(2), language, evaluation=False).canvas
            values = {
                "".join(map(chr, canvas.codes[first:last])) for fact in canvas.facts for first, last in fact.spans
            }
            assert values
            assert not kept & values
            canvas.close()


@pytest.mark.parametrize("kind", sorted(heldout.LAYOUTS))
def test_layouts_held_out_are_for_evaluation(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout that is held out is drawn on about half of the evaluation pages and on no training page."""
    drawn: list[bool] = []
    layout = heldout.LAYOUTS[kind]

    def spy(*arguments: object, evaluation: bool) -> object:
        drawn.append(evaluation)
        return layout(*arguments, evaluation=evaluation)

    monkeypatch.setitem(heldout.LAYOUTS, kind, spy)
    for seed in range(6):
        make_page(seed, kind=kind, worn=0.0)
    assert not drawn
    for seed in range(8):
        page = make_page(seed, kind=kind, worn=0.0, evaluation=True)
        assert any(fact.spans for fact in page.facts)
    assert 0 < len(drawn) < 8
    assert all(drawn)


@pytest.mark.usefixtures("without_fonts")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_pages_are_drawn_without_font_packages(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no font installed, pages are drawn with those that PyMuPDF carries, one family of them held out."""
    used = _spied(monkeypatch)
    page = make_page(3, kind=kind, worn=0.0)
    trained = set(used)
    make_page(3, kind=kind, worn=0.0, evaluation=True)
    assert (page.codes > ord(" ")).sum() > 20
    assert int(page.image.min()) < 128
    assert trained <= set(fonts.BASE)
    assert {file for f in fonts._split(True) for file in f.regular} == {"tiro"}
    assert "tiro" not in trained


def test_every_question_asks_for_a_concept() -> None:
    """Questions in plain words are there for concepts of the vocabulary only, in every language."""
    assert set(QUESTIONS) <= set(CONCEPTS)
    assert all(len(text.split("|")) >= len(LANGUAGES) for text in QUESTIONS.values())


def test_the_contact_sheet_is_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes one picture of several pages with their truth, and says where it is."""
    out = tmp_path / "sheet.png"
    sheet.main([str(out), "--kind", "form", "--seed", "4", "--count", "2", "--truth", "--width", "600"])
    assert capsys.readouterr().out.startswith(f"{out}: 2 pages, ")
    with Image.open(out) as picture:
        assert picture.width == 600
        assert len(np.unique(np.asarray(picture))) > 10


def test_a_folder_of_generated_documents_is_read_by_eval(tmp_path: Path) -> None:
    """The truth of a generated document stands in its PDF, where it is one, and eval takes all of it."""
    for number in range(6):
        document = folder.make(folder.FIRST + number, picture=number == 1)
        if document is not None:
            document.save(tmp_path, f"{number}")
    truths = load_truths(tmp_path)
    assert len(truths) >= 4
    assert {truth.document.suffix for truth in truths} == {".pdf", ".png"}
    assert [truth.skipped for truth in truths] == [()] * len(truths)
    assert any(truth.schema.name != "receipt" and None in truth.data.values() for truth in truths)
    for truth in truths:
        assert truth.texts
        if truth.document.suffix == ".pdf":
            with pymupdf.open(truth.document) as pdf:
                printed = "".join(pdf[0].get_text(clip=pdf[0].rect).replace("\xad", "-").split())
            words = {word for text in truth.texts.values() for word in text.split()}
            assert {word for word in words if word not in printed} == set()
