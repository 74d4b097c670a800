"""What several windows read becomes one document: single values chosen, rows in order, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from docpipe.merge import better, merge
from docpipe.schema import load_schema
from docpipe.types import Scalar, Value, ValueStatus
from docpipe.validate import assemble

Cell = str | tuple[str, Scalar] | None


def window(page: int, rows: Sequence[Mapping[str, Cell]], array: str = "/line_items", **more: Cell) -> list[Value]:
    """The values of one window that is one page: rows, and values that stand once by their key."""
    values = [_value(f"/{key}", cell, page, 0) for key, cell in more.items()]
    for number, row in enumerate(rows):
        values += [_value(f"{array}/{number}/{key}", cell, page, number) for key, cell in row.items()]
    return values


def _value(pointer: str, cell: Cell, page: int, line: int) -> Value:
    text, value = cell if isinstance(cell, tuple) else (cell, cell)
    status: ValueStatus = "absent" if text is None else "verified"
    box = None if text is None else (float(len(pointer)), 20.0 * line, 100.0, 20.0 * line + 10)
    return Value(pointer=pointer, text=text, value=value, page=page, box=box, confidence=0.9, status=status)


def item(number: int) -> dict[str, Cell]:
    """One line of an order."""
    amount = f"{number}.50"
    return {"description": f"Part {number}", "quantity": ("1", Decimal(1)), "amount": (amount, Decimal(amount))}


def merged(windows: Sequence[Sequence[Value]], name: str = "invoice") -> dict[str, Any]:
    """The data of the merged windows."""
    schema = load_schema(name)
    data, notices = assemble(merge(windows, schema).values, schema)
    assert notices == ()
    return data


HEADER: dict[str, Cell] = {"description": "Bezeichnung", "quantity": ("Menge", None), "amount": ("Betrag", None)}


def test_sixty_rows_over_three_pages() -> None:
    """Repeated headers and running totals go, the row that the break cut is whole, and the rows equal the truth."""
    first = [item(n) for n in range(20)]
    first += [{"description": "Übertrag", "amount": ("190.00", Decimal("190.00"))}]
    second: list[dict[str, Cell]] = [
        HEADER,
        {"description": "Übertrag von Seite 1", "amount": ("190.00", Decimal("190.00"))},
    ]
    second += [item(n) for n in range(20, 40)]
    second[-1] = {**item(39), "description": "Part 39, galvanised and"}
    third: list[dict[str, Cell]] = [HEADER, {"description": "drilled to drawing", "quantity": None, "amount": None}]
    third += [item(n) for n in range(40, 60)]
    data = merged([window(1, first), window(2, second), window(3, third)])
    expected = [f"Part {n}" for n in range(60)]
    expected[39] = "Part 39, galvanised and drilled to drawing"
    assert [row["description"] for row in data["line_items"]] == expected
    assert [row["amount"] for row in data["line_items"]] == [Decimal(f"{n}.50") for n in range(60)]


def test_several_pages_in_one_window() -> None:
    """The same holds where one window shows several pages."""
    pages = [*window(1, [item(0), item(1)])]
    late = window(2, [HEADER, item(2)])
    moved = [v.model_copy(update={"pointer": v.pointer.replace("/1/", "/3/").replace("/0/", "/2/")}) for v in late]
    data = merged([[*pages, *moved]])
    assert [row["description"] for row in data["line_items"]] == ["Part 0", "Part 1", "Part 2"]


def test_pointers_are_numbered_anew() -> None:
    """The values' pointers are those of the data."""
    values = merge([window(1, [item(0)]), window(2, [HEADER, item(1)])], load_schema("invoice")).values
    assert [value.pointer for value in values if value.pointer.endswith("description")] == [
        "/line_items/0/description",
        "/line_items/1/description",
    ]


def test_what_became_of_each_value_is_known() -> None:
    """Every value of a window that is still there is found again: halves in the whole, dropped rows nowhere."""
    upper: dict[str, Cell] = {"description": "Zahlungs-", "quantity": None, "amount": None}
    lower: dict[str, Cell] = {"description": "bedingungen", "quantity": ("1", Decimal(1)), "amount": ("3", Decimal(3))}
    windows = [window(1, [item(0), HEADER, upper], total="4"), window(2, [lower, item(2)], total="5")]
    moved = merge(windows, load_schema("invoice")).moved
    assert moved[0, "/total"] == "/total"
    assert (1, "/total") not in moved
    assert (0, "/line_items/1/amount") not in moved
    assert moved[0, "/line_items/2/description"] == moved[1, "/line_items/0/description"] == "/line_items/1/description"
    assert moved[1, "/line_items/0/amount"] == "/line_items/1/amount"
    assert moved[1, "/line_items/1/amount"] == "/line_items/2/amount"


def test_a_divided_word_is_whole_again() -> None:
    """A word that the page break divides is joined, and the joined value is as sure as its weaker half."""
    upper: dict[str, Cell] = {"description": "Zahlungs-", "quantity": None, "amount": None}
    lower: dict[str, Cell] = {"description": "bedingungen", "quantity": ("1", Decimal(1)), "amount": ("3", Decimal(3))}
    values = merge([window(1, [item(0), upper]), window(2, [lower, item(2)])], load_schema("invoice")).values
    joined = next(value for value in values if value.pointer == "/line_items/1/description")
    assert (joined.value, joined.text, joined.page) == ("Zahlungsbedingungen", "Zahlungs-\nbedingungen", 1)
    assert next(value for value in values if value.pointer == "/line_items/1/amount").page == 2


def test_a_heading_is_no_half_row() -> None:
    """A row without numbers at the head of a page stays where other rows have none either."""
    heading: dict[str, Cell] = {"description": "Second floor", "quantity": None, "amount": None}
    ground: dict[str, Cell] = {"description": "Ground floor", "quantity": None, "amount": None}
    data = merged([window(1, [ground, item(0), item(1)]), window(2, [heading, item(2), item(3)])])
    assert [row["description"] for row in data["line_items"]] == [
        "Ground floor", "Part 0", "Part 1", "Second floor", "Part 2", "Part 3",
    ]  # fmt: skip


def test_a_report_is_no_running_total() -> None:
    """An item whose text only begins like a running total is an item; in the middle of a page any is."""
    writing: dict[str, Cell] = {
        "description": "Report writing, revision and printing of four hundred copies",
        "amount": ("9", 9),
    }
    middle: dict[str, Cell] = {"description": "Vortrag", "quantity": ("1", Decimal(1)), "amount": ("9", Decimal(9))}
    data = merged([window(1, [writing, item(0), middle, item(1)])])
    assert len(data["line_items"]) == 4


def test_balances_brought_forward() -> None:
    """The balance that a statement begins and ends a page with is no movement."""
    rows: list[dict[str, Cell]] = [
        {"description": "Balance brought forward", "balance": ("10.00", Decimal(10))},
        {"description": "Rent", "amount": ("-4.00", Decimal(-4)), "balance": ("6.00", Decimal(6))},
        {"description": "Balance carried forward", "balance": ("6.00", Decimal(6))},
    ]
    data = merged([window(1, rows, "/transactions")], "statement")
    assert [row["description"] for row in data["transactions"]] == ["Rent"]


def test_the_best_supported_single_value_stays() -> None:
    """Of readings of one value the status decides, then the confidence, then the page."""
    one = [Value(pointer="/total", text="1", value=Decimal(1), confidence=0.99, status="conflict", page=1)]
    two = [Value(pointer="/total", text="2", value=Decimal(2), confidence=0.40, status="verified", page=2)]
    three = [Value(pointer="/total", text="3", value=Decimal(3), confidence=0.70, status="verified", page=3)]
    gone = [Value(pointer="/total", text=None, status="absent")]
    assert merged([gone, one])["total"] == 1
    assert merged([one, two, gone])["total"] == 2
    assert merged([two, three])["total"] == 3
    assert better(two[0], two[0].model_copy(update={"page": 9})).page == 2


def test_a_row_that_two_windows_show_is_one() -> None:
    """Where windows overlap, what was read twice in the same place is there once."""
    data = merged([window(1, [item(0), item(1)]), window(1, [item(0), item(1)])])
    assert len(data["line_items"]) == 2


def test_empty_rows_go() -> None:
    """A row of which every value is absent is no row."""
    nothing: dict[str, Cell] = {"description": None, "quantity": None, "amount": None}
    data = merged([window(1, [item(0), nothing]), window(2, [nothing, item(1)])])
    assert [row["description"] for row in data["line_items"]] == ["Part 0", "Part 1"]


def _table(page: int, title: str | None, rows: Sequence[Sequence[str | None]], number: int = 0) -> list[Value]:
    values = [_value(f"/tables/{number}/title", title, page, 0)]
    for at, row in enumerate(rows):
        values += [_value(f"/tables/{number}/rows/{at}/cells/{n}", cell, page, at + 1) for n, cell in enumerate(row)]
    return values


def test_a_table_goes_on_over_the_page() -> None:
    """A table without a title of its own continues the last of the page before, without its header again."""
    first = _table(1, "Trees", [["No.", "Kind"], ["1", "Oak"]])
    rest = _table(2, None, [["No.", "Kind"], ["2", "Ash"], ["3", None]])
    other = _table(2, "Shrubs", [["No.", "Kind"], ["1", "Box"]], number=1)
    data = merged([first, [*rest, *other]], "table")
    assert [table["title"] for table in data["tables"]] == ["Trees", "Shrubs"]
    assert [row["cells"] for row in data["tables"][0]["rows"]] == [
        ["No.", "Kind"],
        ["1", "Oak"],
        ["2", "Ash"],
        ["3", None],
    ]
    assert [row["cells"] for row in data["tables"][1]["rows"]] == [["No.", "Kind"], ["1", "Box"]]


def test_two_tables_of_one_page_stay_two() -> None:
    """Tables that one page shows are not joined, whatever their width."""
    both = [*_table(1, None, [["a", "b"]]), *_table(1, None, [["c", "d"]], number=1)]
    assert len(merged([both], "table")["tables"]) == 2
