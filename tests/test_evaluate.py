"""Documents with known values are read by models of known faults, and the figures are exactly those faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docpipe.errors import UsageError
from docpipe.evaluate.fit import calibrated, examples
from docpipe.evaluate.runner import Run, run
from docpipe.evaluate.summary import compared
from docpipe.evaluate.truth import Mapped, Truth, drawn, load_truths
from docpipe.settings import load_settings
from docpipe.types import Reading
from tests.answering import Answering, nothing, the_truth
from tests.readings import SAMPLES, sample

ONE_OF_EACH = ("invoice-01", "receipt-02", "form-01", "statement-01", "contract-01", "order-01", "table-01", "chart-01")


def folder(tmp_path: Path, *names: str) -> Path:
    """Some samples with their truth, in a folder of their own."""
    for name in names:
        for path in SAMPLES.glob(f"{name}.*"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def measured(place: Path, model: Answering, **options: Any) -> Run:
    """The run of a model over a folder."""
    return run(load_truths(place), load_settings(), model=model, **options)


def values(found: Run) -> dict[str, float]:
    """Every measure that does not depend on the machine."""
    return {name: m.value for name, m in found.summary.measures.items() if not name.endswith("_a_page")}


def test_a_model_that_answers_the_truth_scores_full_marks_everywhere(tmp_path: Path) -> None:
    """One document of each kind, read without a fault: every share is 1, nothing is invented, every box is right."""
    found = measured(folder(tmp_path, *ONE_OF_EACH), Answering(the_truth))
    assert len(found.scores) == len(ONE_OF_EACH)
    assert [score.name for score in found.scores if score.f1 != 1] == []
    assert values(found) == {
        **dict.fromkeys(("field_f1", "precision", "recall", "exact", "anls", "grounding"), 1.0),
        **dict.fromkeys(("teds", "adjacency_f1", "cell_exact", "rms_f1", "relaxed_accuracy"), 1.0),
        "invention": 0.0,
    }


def test_a_model_that_answers_nothing_scores_nothing_and_invents_nothing(tmp_path: Path) -> None:
    """The same documents, every field said to be absent: every share is 0, and so is the invention rate."""
    found = measured(folder(tmp_path, *ONE_OF_EACH), Answering(nothing))
    shares = ("field_f1", "recall", "exact", "anls", "invention")
    special = ("teds", "adjacency_f1", "cell_exact", "rms_f1", "relaxed_accuracy")
    assert values(found) == dict.fromkeys((*shares, *special), 0.0)


def test_planted_errors_are_the_errors_that_are_counted(tmp_path: Path) -> None:
    """A receipt with a wrong total, a missed time, an invented subtotal and an invented line: each is counted once."""

    def faulty(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
        del document
        faults = {"/total": "24.92", "/time": None, "/subtotal": "20.00"}
        extra = [Reading("/line_items/8/description", "PLASTIC BAG"), Reading("/line_items/8/amount", "0.10")]
        return [*(replace(r, printed=faults.get(r.pointer, r.printed)) for r in readings), *extra]

    place = folder(tmp_path, "receipt-01")
    sure = measured(place, Answering(the_truth)).scores[0]
    found = measured(place, Answering(faulty), pixels_only=True).scores[0]
    verdicts: dict[str | None, str] = {
        o.pointer or o.got_pointer: o.verdict for o in found.outcomes if o.verdict not in ("right", "empty")
    }
    assert verdicts == {
        "/total": "wrong",
        "/time": "missed",
        "/subtotal": "invented",
        "/line_items/8/description": "extra",
        "/line_items/8/amount": "extra",
    }
    right = sum(o.verdict == "right" for o in sure.outcomes) - 2
    absent = sum(o.verdict == "empty" for o in sure.outcomes)
    planted = {
        "precision": (right, right + 4),
        "recall": (right, right + 2),
        "field_f1": (2 * right, (right + 4) + (right + 2)),
        "invention": (1, absent),
    }
    assert {name: found.ratios[name] for name in planted} == planted
    assert found.ratios["exact"] == (0, 1)


def test_a_misplaced_box_counts_against_grounding_alone(tmp_path: Path) -> None:
    """On pictures, where nothing corrects a box, a total that points at another line is right and not grounded."""

    def elsewhere(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
        del document
        return [replace(r, box=(10, 10, 60, 20)) if r.pointer == "/total" else r for r in readings]

    found = measured(folder(tmp_path, "receipt-01"), Answering(elsewhere), pixels_only=True).scores[0]
    assert found.f1 == 1
    hit, boxes = found.ratios["grounding"]
    assert boxes - hit == 1


def test_a_missing_first_row_costs_one_row(tmp_path: Path) -> None:
    """Rows after a missed one are compared with themselves, not with their neighbours."""

    def first_missed(document: Path, readings: Sequence[Reading]) -> Iterator[Reading]:
        del document
        for r in readings:
            _, array, number, *column = [*r.pointer.split("/"), "", ""][:4]
            if array != "line_items":
                yield r
            elif int(number) > 0:
                yield replace(r, pointer=f"/line_items/{int(number) - 1}/{column[0]}")

    place = folder(tmp_path, "invoice-01")
    found = measured(place, Answering(first_missed)).scores[0]
    missed = [o.pointer for o in found.outcomes if o.verdict != "right"]
    rows = load_truths(place)[0].data["line_items"]
    assert missed == [f"/line_items/0/{key}" for key in rows[0]]


def test_pixels_only_takes_the_text_away(tmp_path: Path) -> None:
    """A misread digit is corrected by the text of a PDF, and stays in a picture of it; a model sees the same page."""

    def misread(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
        del document
        return [replace(r, printed="£2,665.70") if r.pointer == "/total" else r for r in readings]

    place = folder(tmp_path, "invoice-01")
    plain, pictures = Answering(misread), Answering(misread)
    as_it_is, as_pictures = measured(place, plain), measured(place, pictures, pixels_only=True)
    assert as_it_is.records[0].data["total"] == Decimal("2665.20")
    assert as_pictures.records[0].data["total"] == Decimal("2665.70")
    assert {value.status for value in as_it_is.records[0].values} >= {"verified", "corrected"}
    assert {value.status for value in as_pictures.records[0].values} <= {"unverified", "absent"}
    one, other = plain.shown[0], pictures.shown[0]
    assert one.page.width_pt == pytest.approx(other.page.width_pt, abs=0.5)
    tall, wide = (min(sides) - 1 for sides in zip(one.image.shape[:2], other.image.shape[:2], strict=True))
    assert max(one.image.shape[0] - tall, other.image.shape[1] - wide) <= 2
    assert abs(one.image[:tall, :wide].astype(int) - other.image[:tall, :wide].astype(int)).mean() < 4


def test_a_document_that_cannot_be_read_has_missed_everything(tmp_path: Path) -> None:
    """A truncated PDF counts with its error; the next document is read."""
    place = folder(tmp_path, "invoice-01", "invoice-02")
    (place / "invoice-01.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 64)
    found = measured(place, Answering(the_truth))
    assert [(score.status, score.f1) for score in found.scores] == [("failed", 0.0), ("ok", 1.0)]
    assert "damaged" in (found.scores[0].error or "")
    assert found.summary.failed == 1


def test_two_runs_are_compared_document_by_document(tmp_path: Path) -> None:
    """A model that loses one document of three: that one is named, and the difference is the loss."""

    def without_receipt(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
        return nothing(document, readings) if document.stem == "receipt-01" else readings

    place = folder(tmp_path, "receipt-01", "invoice-01", "form-01")
    first, second = measured(place, Answering(the_truth)), measured(place, Answering(without_receipt))
    comparison = compared(first.scores, second.scores)
    assert comparison.better == ()
    assert comparison.worse == (("receipt-01.pdf", 1.0, 0.0),)
    exact = comparison.differences["exact"]
    assert exact.value == pytest.approx(-1 / 3)
    assert exact.low == -1 < exact.high == 0


def test_confidences_are_calibrated_on_what_was_right(tmp_path: Path) -> None:
    """A model that is as sure of its mistakes is found out: its calibrated confidence is its share of right values."""

    def third_wrong(document: Path, readings: Sequence[Reading]) -> list[Reading]:
        del document
        return [
            replace(r, printed=f"{r.printed}9", confidence=0.99)
            if n % 3 == 0 and r.printed
            else replace(r, confidence=0.99)
            for n, r in enumerate(readings)
        ]

    place = folder(tmp_path, "receipt-01", "receipt-02", "receipt-04")
    found = measured(place, Answering(third_wrong), pixels_only=True)
    seen = list(examples(found))
    share = sum(example.right for example in seen) / len(seen)
    assert 0.5 < share < 0.9
    fitted = calibrated(found, "receipts")
    assert fitted.n == len(seen)
    assert fitted.error < fitted.uncalibrated_error - 0.1
    assert "pages as pictures, read by answering-1" in fitted.fitted_on


def test_cells_of_tables_are_counted_one_by_one(tmp_path: Path) -> None:
    """A table with one misread cell: all but one of the cells that have text are exact."""

    def misread(document: Path, readings: Sequence[Reading]) -> Sequence[Reading]:
        del document
        cells = [r.pointer for r in readings if "/cells/" in r.pointer and r.printed]
        return [replace(r, printed="?!") if r.pointer == cells[3] else r for r in readings]

    place = folder(tmp_path, "table-01")
    found = measured(place, Answering(misread), pixels_only=True).scores[0]
    rows = [row["cells"] for table in load_truths(place)[0].data["tables"] for row in table["rows"]]
    cells = sum(cell is not None for row in rows for cell in row)
    assert found.ratios["cell_exact"] == (cells - 1, cells)


# What counts as truth.


def given(tmp_path: Path, told: object, name: str = "invoice-01") -> Path:
    """A sample whose truth is `told`."""
    document = sample(name)
    (tmp_path / document.name).write_bytes(document.read_bytes())
    (tmp_path / f"{document.stem}.expected.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def only(truths: Sequence[Truth]) -> Truth:
    """The one there is."""
    (one,) = truths
    return one


def test_only_what_is_given_counts(tmp_path: Path) -> None:
    """A truth of two fields makes two outcomes, whatever else is read; null is a field that must stay empty."""
    place = given(tmp_path, {"total": "£2,665.20", "due_date": None})
    truths = load_truths(place, schema="invoice")
    assert only(truths).data == {"total": Decimal("2665.20"), "due_date": None}
    (found,) = run(truths, load_settings(), model=Answering(the_truth)).scores
    assert [(o.pointer, o.verdict) for o in found.outcomes] == [("/total", "right"), ("/due_date", "invented")]


def test_an_empty_string_is_a_value_that_nobody_wrote_down(tmp_path: Path) -> None:
    """It neither counts as expected nor as absent."""
    assert only(load_truths(given(tmp_path, {"total": "12.50", "iban": ""}), schema="invoice")).data == {
        "total": Decimal("12.50")
    }


@pytest.mark.parametrize("told", ["RM12.50", "RM 12.50", "£12.50", "12,50 €", 12.5])
def test_an_amount_is_a_number_whatever_stands_before_it(tmp_path: Path, told: object) -> None:
    """Also a currency's mark that is not known."""
    found = only(load_truths(given(tmp_path, {"total": told}), schema="invoice"))
    assert found.data == {"total": Decimal("12.50")}


def test_values_that_do_not_fit_the_schema_are_named(tmp_path: Path) -> None:
    """A key that the schema does not have and a total that is no number do not count, and it is said why."""
    place = given(tmp_path, {"total": "to be agreed", "colour": "red", "currency": "EUR"})
    found = only(load_truths(place, schema="invoice"))
    assert found.data == {"currency": "EUR"}
    assert found.skipped == (
        "/total: 'to be agreed' cannot be read as number",
        "/colour: the schema has no such field",
    )


MAPS: Mapping[str, tuple[object, list[str], dict[str, Any]]] = {
    "key JSON with printed values": (
        {"company": "ACME LTD", "date": "25/03/2018", "address": "", "total": "57.80"},
        ["company=/supplier_name", "date=/invoice_date", "address=/customer_name", "total=/total"],
        {"supplier_name": "ACME LTD", "invoice_date": "2018-03-25", "total": Decimal("57.80")},
    ),
    "a list of one object, with rows": (
        [
            {
                "amount": 279.84,
                "issuer": "Azure",
                "lines": [{"header": "Food"}, {"qty": 1.0, "name": "Oil\nOlive"}, {"qty": 2, "name": "Salt"}],
            }
        ],
        ["amount=/total", "lines/*/qty=/line_items/*/quantity", "lines/*/name=/line_items/*/description"],
        {
            "total": Decimal("279.84"),
            "line_items": [
                {"quantity": Decimal("1.0"), "description": "Oil\nOlive"},
                {"quantity": Decimal(2), "description": "Salt"},
            ],
        },
    ),
    "a key deep inside": ({"a": {"b": 3}, "c": 4}, ["/a/b=/total"], {"total": Decimal(3)}),
}


@pytest.mark.parametrize(("told", "maps", "data"), MAPS.values(), ids=MAPS)
def test_other_peoples_keys_are_mapped(tmp_path: Path, told: object, maps: list[str], data: dict[str, Any]) -> None:
    """Only mapped keys count, in the shape of the schema; rows without any are left out."""
    truths = load_truths(given(tmp_path, told), schema="invoice", maps=[Mapped.parse(text) for text in maps])
    assert only(truths).data == data


@pytest.mark.parametrize("text", ["total", "total=total", "lines/*/qty=/quantity"])
def test_a_map_of_another_form_is_refused(text: str) -> None:
    """It is quoted, with an example."""
    with pytest.raises(UsageError, match="expected KEY=POINTER") as caught:
        Mapped.parse(text)
    assert "--map total=/total" in (caught.value.hint or "")


def test_a_data_set_tells_day_from_month(tmp_path: Path) -> None:
    """03/04/2018 is the third of April where another truth of the set says 25/12/2018, and March where 12/25/2018."""
    for other, day in (("25/12/2018", "2018-04-03"), ("12/25/2018", "2018-03-04")):
        given(tmp_path, {"invoice_date": "03/04/2018"})
        given(tmp_path, {"invoice_date": other}, "invoice-02")
        assert load_truths(tmp_path, schema="invoice")[0].data == {"invoice_date": day}


def test_only_printed_leaves_out_what_stands_nowhere(tmp_path: Path) -> None:
    """A derived name and a number that is not there do not count; what is printed in another notation does."""
    told = {"supplier_name": "somebody derived", "total": 2665.2, "subtotal": 17.77, "invoice_date": "2024-09-17"}
    place = given(tmp_path, told)
    found = run(load_truths(place, schema="invoice"), load_settings(), model=Answering(the_truth), printed_only=True)
    assert set(found.truths[0].data) == {"total", "invoice_date"}
    assert "/supplier_name: is not printed in the document" in found.scores[0].skipped


def test_a_csv_file_is_a_table(tmp_path: Path) -> None:
    """Rows and cells as in the generic table schema; an empty cell is null."""
    (tmp_path / "table-01.pdf").write_bytes(sample("table-01").read_bytes())
    (tmp_path / "table-01.csv").write_text('Cat,Says\n"Fox, red",\n\n', "utf-8")
    found = only(load_truths(tmp_path))
    assert found.schema.name == "table"
    assert found.data == {"tables": [{"rows": [{"cells": ["Cat", "Says"]}, {"cells": ["Fox, red", None]}]}]}


CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20240304</udt:DateTimeString></ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:SpecifiedTradeProduct><ram:Name>Trennblätter A4</ram:Name></ram:SpecifiedTradeProduct>
   <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>9.90</ram:ChargeAmount>
   </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
   <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">20.0000</ram:BilledQuantity>
   </ram:SpecifiedLineTradeDelivery>
   <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
    <ram:LineTotalAmount>198.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
   </ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>
  <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Lieferant GmbH</ram:Name>
   <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration>
   <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration>
  </ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxTotalAmount currencyID="EUR">37.62</ram:TaxTotalAmount><ram:GrandTotalAmount>235.62</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""


def test_the_xml_of_an_electronic_invoice_is_its_truth(tmp_path: Path) -> None:
    """Factur-X, ZUGFeRD and XRechnung are one form of XML; what it leaves out does not count."""
    (tmp_path / "a.pdf").write_bytes(sample("invoice-01").read_bytes())
    (tmp_path / "a.xml").write_text(CII, "utf-8")
    found = only(load_truths(tmp_path))
    assert found.schema.name == "invoice"
    line = {"quantity": Decimal(20), "unit_price": Decimal("9.9"), "amount": Decimal(198)}
    assert found.data == {
        "invoice_number": "471102",
        "invoice_date": "2024-03-04",
        "supplier_name": "Lieferant GmbH",
        "supplier_tax_id": "DE123456789",
        "currency": "EUR",
        "tax_amount": Decimal("37.62"),
        "total": Decimal("235.62"),
        "line_items": [{"description": "Trennblätter A4", **line}],
    }


ICDAR = """<?xml version="1.0" encoding="UTF-8"?>
<document filename="eu-001.pdf">
 <table id="1">
  <region id="1" page="1">
   <cell id="1" start-row="0" start-col="0" end-row="0" end-col="1"><content>Both
     columns</content></cell>
   <cell id="2" start-row="1" start-col="0"><content>a</content></cell>
   <cell id="3" start-row="1" start-col="1"><content>b</content></cell>
  </region>
  <region id="2" page="2"><cell id="1" start-row="0" start-col="1"><content>c</content></cell></region>
 </table>
</document>
"""


def test_icdar_tables_are_tables(tmp_path: Path) -> None:
    """Regions on several pages are one table; a spanning cell stands in its first place."""
    (tmp_path / "eu-001.pdf").write_bytes(sample("table-01").read_bytes())
    (tmp_path / "eu-001-str.xml").write_text(ICDAR, "utf-8")
    rows = [{"cells": ["Both columns", None]}, {"cells": ["a", "b"]}, {"cells": [None, "c"]}]
    assert only(load_truths(tmp_path)).data == {"tables": [{"rows": rows}]}


def regions(*told: tuple[str, str]) -> str:
    """A table of ICDAR 2013 whose regions have these attributes and cells."""
    inside = "".join(f"<region id='1' page='1' {attributes}>{cells}</region>" for attributes, cells in told)
    return f"<document filename='us-1.pdf'><table id='1'>{inside}</table></document>"


def cell(row: int, column: int, text: str) -> str:
    """One cell as the data set has it, with its box in the PDF's own coordinates."""
    box = "<bounding-box x1='40' y1='729' x2='72' y2='739'/>"
    return f"<cell id='1' start-row='{row}' start-col='{column}'>{box}<content>{text}</content></cell>"


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        (
            [("col-increment='0' row-increment='1'", cell(-1, 0, "Variable") + cell(0, 0, "Fertility"))],
            [["Variable"], ["Fertility"]],
        ),
        (
            [("col-increment='0' row-increment='0'", cell(0, 0, "a")), ("col-increment='1'", cell(0, 0, "b"))],
            [["a", None], [None, "b"]],
        ),
        (
            [(f"col-increment='{n}' row-increment='0'", cell(0, 0, text)) for n, text in ((0, "a"), (1, "b"))],
            [["a", "b"]],
        ),
    ],
    ids=["a row above the first", "below, moved right", "side by side"],
)
def test_regions_stand_where_the_competition_puts_them(
    tmp_path: Path, told: list[tuple[str, str]], rows: list[list[str | None]]
) -> None:
    """A region's cells are moved by its increments, which may bring a negative row into the table."""
    (tmp_path / "us-1.pdf").write_bytes(sample("table-01").read_bytes())
    (tmp_path / "us-1-str.xml").write_text(regions(*told), "utf-8")
    assert only(load_truths(tmp_path)).data == {"tables": [{"rows": [{"cells": row} for row in rows]}]}


SROIE = {"company": "FERNDALE FOODS", "date": "24/08/2024", "address": "1 ROAD", "total": "24.02"}


@pytest.mark.parametrize(
    ("images", "keys", "ending"),
    [("img", "key", "json"), ("0325updated.task1train(626p)", "0325updated.task2train(626p)", "txt")],
    ids=["repository", "competition"],
)
def test_truth_may_lie_in_another_folder(tmp_path: Path, images: str, keys: str, ending: str) -> None:
    """SROIE keeps its keys beside its images, as JSON under either ending; its boxes and texts are no truth."""
    for name in (images, keys):
        (tmp_path / name).mkdir()
    picture = sample("receipt-02").read_bytes()
    for name in ("000", "001"):
        (tmp_path / images / f"{name}.jpg").write_bytes(picture)
        (tmp_path / images / f"{name}.txt").write_text("72,25,326,25,326,64,72,64,TAN WOON YANN\n", "utf-8")
    (tmp_path / keys / f"000.{ending}").write_text(json.dumps(SROIE, indent=4), "utf-8")
    maps = [Mapped.parse(text) for text in ("company=/merchant_name", "date=/date", "total=/total")]
    found = only(load_truths(tmp_path / images, schema="receipt", maps=maps, beside=tmp_path / keys))
    assert found.name == "000.jpg"
    assert found.data == {"merchant_name": "FERNDALE FOODS", "date": "2024-08-24", "total": Decimal("24.02")}


def test_a_drawing_of_documents_is_the_same_every_time() -> None:
    """Fewer are among more, in the order of all; more than there are is all."""
    truths = load_truths(SAMPLES, only="receipt-*")
    three, six = drawn(truths, 3), drawn(truths, 6)
    assert drawn(truths, 3) == three
    assert {t.name for t in three} < {t.name for t in six}
    assert [t.name for t in six] == sorted(t.name for t in six)
    assert drawn(truths, 100) == truths


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a>", "is not XML"),
        ("<order/>", "<order> is neither a Cross Industry Invoice"),
        ('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "defines entities"),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """By its name, with the reason."""
    (tmp_path / "a.pdf").write_bytes(sample("invoice-01").read_bytes())
    (tmp_path / "a.xml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=rf"a\.xml.* {said}|a\.xml: {said}"):
        load_truths(tmp_path)


def test_a_spreadsheet_of_documents_is_a_list(tmp_path: Path) -> None:
    """The first column names the document, the others are fields; an empty cell does not count."""
    place = folder(tmp_path, "receipt-01")
    for comma in ",;\t":
        lines = [["file", "total", "date", "time"], ["receipt-01.pdf", "24.02", "24/08/2024", ""], [""]]
        (place / "list.csv").write_text("".join(f"{comma.join(line)}\n" for line in lines), "utf-8-sig")
        found = only(load_truths(place / "list.csv", schema="receipt"))
        assert found.data == {"total": Decimal("24.02"), "date": "2024-08-24"}


def test_a_list_names_documents_that_lie_elsewhere(tmp_path: Path) -> None:
    """A JSONL file with a document, its data and its schema a line; paths are relative to it."""
    (tmp_path / "docs").mkdir()
    folder(tmp_path / "docs", "receipt-01")
    listed = tmp_path / "list.jsonl"
    line = {"document": "docs/receipt-01.pdf", "expected": {"total": 24.02}, "schema": "receipt"}
    listed.write_text(json.dumps(line) + "\n", "utf-8")
    found = only(load_truths(listed))
    assert (found.name, found.schema.name, found.data) == (
        "docs/receipt-01.pdf",
        "receipt",
        {"total": Decimal("24.02")},
    )


def test_the_samples_are_all_found_with_their_groups() -> None:
    """Every document of the samples has its truth, its boxes and its kind, and forms have schemas of their own."""
    truths = load_truths(SAMPLES)
    assert len(truths) == 83
    assert {t.groups["kind"] for t in truths} >= {
        "invoice",
        "receipt",
        "form",
        "statement",
        "contract",
        "table",
        "chart",
    }
    assert all(t.boxes and not t.skipped for t in truths)
    assert [t.name for t in load_truths(SAMPLES, only="form-0[12]*")] == ["form-01.pdf", "form-02.jpg"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.exists, "no document has a truth beside it"),
        (lambda place: given(place, {"total": 1}), "names no schema"),
        (lambda place: given(place, [1, 2]), "is not a JSON object"),
        (lambda place: given(place, {"schema": "invoice", "data": {"colour": "red"}}), "belongs to the schema invoice"),
        (lambda place: (given(place, {}) / "invoice-01.expected.json").write_text("{", "utf-8"), "is not JSON"),
    ],
    ids=["empty", "no schema", "a list", "foreign keys", "no JSON"],
)
def test_a_truth_that_cannot_be_used_is_named(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    """What is wrong is said, with the next step."""
    make(tmp_path)
    with pytest.raises(UsageError, match=said):
        load_truths(tmp_path)
