"""Labels of a schema are found in what nano's eye reads, errors and all, and only where they stand."""

from __future__ import annotations

import pytest

from docpipe.nano.labels import Printed, sought, surest, unshared
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.transcribing import Character, Line


def line(text: str, x: float = 16.0, y: float = 32.0) -> Line:
    """A line as the eye reads it: a character every 8 pixels, words apart."""
    words: Line = [[]]
    for place, character in enumerate(text):
        if character == " ":
            words.append([])
        else:
            words[-1].append(Character(character, x + 8 * place, y, 0.9))
    return [word for word in words if word]


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("Remise", "Rermise: -59,37"),
        ("IBAN", "lBAN: BE30 4532"),
        ("Total amount", "T otal am ou nt: GBP 425"),
        ("Due date", "Duedate 12.04.2024"),
        ("Rechnungsnummer", "Rechnunqsnumner 2024-17"),
        ("Frais de port", "Frais de port15,20"),
        ("Account no.", "Accountt no: 22"),
    ],
)
def test_a_misread_label_is_found_where_it_stands(label: str, read: str) -> None:
    """Letters lost, doubled or taken for others, and words run together, hide no label."""
    ((place,),) = Printed([line("Acme Ltd", y=16.0), line(read)]).find([[label]])
    assert place.y == 2.0
    assert 1.0 <= place.x < 1.0 + len(label) / 2


@pytest.mark.parametrize(
    ("label", "read"), [("IBAN", "Iran 17"), ("Tax", "Taxi 5"), ("Invoice date", "Invoice number 5")]
)
def test_what_is_only_somewhat_like_a_label_is_none(label: str, read: str) -> None:
    """A short word with another letter, or half of a label, is not that label."""
    assert Printed([line(read)]).find([[label]]) == [[]]


def test_a_question_is_found_however_the_eye_parts_its_words() -> None:
    """A label of many words is looked for in whole lines; another question is another label."""
    asked = "Do you consent to the processing of your data for advertising?"
    page = [
        line("Do yo u con sent to th e pro cess ing of yo ur data fo r adver tising? Yes No", y=32.0),
        line("Do you wish to receive the newsletter about our offers? Yes No", y=48.0),
    ]
    ((place,),) = Printed(page).find([[asked]])
    assert (place.y, round(place.left)) == (2.0, 1)
    assert page[0][-2][0].x / 16 - 3 < place.right < page[0][-2][0].x / 16
    assert Printed(page[1:]).find([[asked]]) == [[]]


def test_a_label_inside_a_longer_one_is_the_longer_one() -> None:
    """ "Date" is not found in "Due date" when that is asked for too, but beside it."""
    page = Printed([line("Due date 1.2.2024", y=32.0), line("Date 1.1.2024", y=64.0)])
    due, date = page.find([["Due date"], ["Date"]])
    assert [place.y for place in due] == [2.0]
    assert [place.y for place in date] == [4.0]


def test_labels_that_are_alike_do_not_hide_each_other() -> None:
    """The exact label stays where a longer one is somewhat alike; a longer one that is misread by a letter leads."""
    ((place,),) = Printed([line("Invoice # 10482")]).find([["Invoice No.", "Invoice #", "Invoice"]])
    assert place.alike == 100.0
    due, date = Printed([line("Due dafe 1.2.2024")]).find([["Due date"], ["Date", "Dafe"]])
    assert (len(due), len(date)) == (1, 0)


def test_the_best_of_several_labels_comes_first() -> None:
    """Of two labels on the page the one that is read without a doubt leads, and no more than asked for are given."""
    page = Printed(
        [line("Invoice nnmber 5", y=32.0), line("Invoice number 6", y=64.0), line("lmvoioe nunber 7", y=96.0)]
    )
    (places,) = page.find([["Invoice number"]], most=2)
    assert [place.y for place in places] == [4.0, 2.0]


def test_what_is_read_without_a_doubt_is_no_longer_label_that_is_a_little_like_it() -> None:
    """ "Invoice date 1" is not taken for "Invoice total", though that is longer."""
    page = Printed([line("Invoice date 17.9.2024")])
    date, total = page.find([["Invoice date"], ["Invoice total"]])
    assert [place.y for place in date] == [2.0]
    assert total == []


def _answer(text: str, confidence: float, token: int) -> Answer:
    return Answer(text, (0.0, 0.0, 9.0, 9.0), confidence, token)


def test_one_print_is_the_value_of_the_field_whose_label_stands_beside_it() -> None:
    """A total that has its label is not the subtotal of a page without one; what a label is beside is kept by both."""
    nowhere = Answer(None, None, 0.9)
    subtotal, tax = [_answer("9.60", 0.99, 7)], [_answer("9.60", 0.98, 7), nowhere]
    total = [nowhere, _answer("9.60", 0.9, 7)]
    due = [nowhere, _answer("9.60", 0.8, 7)]
    texts = [[one.text for one in own] for own in unshared([subtotal, tax, total, due])]
    assert texts == [[None], [None, None], [None, "9.60"], [None, "9.60"]]


def test_what_is_doubted_beside_a_label_yields_to_what_is_sure() -> None:
    """A customer in doubt does not take the supplier's name for its label, nor does a doubted value hide a sure one."""
    nowhere = Answer(None, None, 0.9)
    supplier, customer = [_answer("Oak Ltd", 0.9, 7)], [nowhere, _answer("Oak Ltd", 0.5, 7)]
    assert [own[0].text for own in unshared([supplier, customer])] == ["Oak Ltd", None]
    sure, doubted, likely = _answer("Oak Ltd", 0.9, 7), _answer("Elm Ltd", 0.4, 3), _answer("Elm Ltd", 0.6, 3)
    assert surest([sure, doubted]) is sure
    assert surest([sure, likely]) is likely
    assert surest([nowhere, doubted]) is doubted


def test_of_fields_without_a_label_the_surest_has_the_print() -> None:
    """Where no label tells, one field has the value, and another print is nobody else's business."""
    given = unshared([[_answer("Oak Ltd", 0.4, 3)], [_answer("Oak Ltd", 0.8, 3)], [_answer("Elm Ltd", 0.3, 5)]])
    assert [own[0].text for own in given] == [None, "Oak Ltd", "Elm Ltd"]
    assert given[0][0].confidence == pytest.approx(0.6)


def test_a_sum_keeps_the_print_before_its_parts() -> None:
    """Of fields without a label one that is a sum of others has the only amount, however sure the others are."""
    given = unshared([[_answer("9.60", 0.9, 3)], [_answer("9.60", 0.4, 3)]], wholes={1})
    assert [own[0].text for own in given] == [None, "9.60"]


def test_a_heading_is_a_line_of_its_own() -> None:
    """A title in large print, seen letter by letter and twice, is found; a label with a value beside it is none."""
    page = [line("P u rr c h a s e o r d e rr"), line("Invoice No. 4711"), line("Supplier"), line("Ordef")]
    groups = [["Purchase order", "Bestellung"], ["Invoice", "Tax invoice"], ["Order"], []]
    assert Printed(page).headings(groups) == [True, False, False, False]


def test_a_title_holds_no_label() -> None:
    """The bank's name does not stand beside "Bank" in "Bank statement"; the invoice's number stands beside its own."""
    page = [line("Bank statement", y=16.0), line("Bank: Acme", y=32.0), line("Invoice no. 5", y=48.0)]
    ((place,),) = Printed(page, ("Bank statement", "Invoice")).find([["Bank"]])
    assert place.y == 2.0
    ((place,),) = Printed(page, ("Bank statement", "Invoice")).find([["Invoice no."]])
    assert place.y == 3.0


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("Totaal excl. btw", "TOTAAL INCL. BTW: 9,60"),
        ("Amount due", "Amount paid 9.60"),
        ("PO number", "Bill number 5"),
    ],
)
def test_a_label_with_another_word_is_another_label(label: str, read: str) -> None:
    """However alike the whole is, each of a label's words stands in its print."""
    assert Printed([line(read)]).find([[label]]) == [[]]


def test_words_for_number_stand_for_each_other() -> None:
    """ "Invoice nr." is printed for "Invoice no."."""
    ((place,),) = Printed([line("Invoice nr. 5")]).find([["Invoice no."]])
    assert place.label == "Invoice no."


def test_a_known_label_that_nobody_asks_for_keeps_its_print() -> None:
    """The total does not stand at "Subtotaal", which the eye sees as two words, unless there is no other total."""
    page = [line("Sub totaal 8,00", y=32.0), line("Totaal 9,60", y=64.0)]
    asks = [Ask(("Totaal",), ("total",))]
    assert [place.y for place in sought(asks, Printed(page))[0]] == [4.0]
    assert [place.y for place in sought(asks, Printed(page[:1]))[0]] == [2.0]


def test_a_label_begins_its_words() -> None:
    """ "Customer" is not the end of "Our customer" where it stands elsewhere; before it may be a value or a gap."""
    asks = [Ask(("Customer",), ())]
    own, after = line("Customer Acme Ltd", y=64.0), line("Our customer 774", y=32.0)
    assert [place.y for place in sought(asks, Printed([after, own]))[0]] == [4.0]
    assert [place.y for place in sought(asks, Printed([after]))[0]] == [2.0]
    for before in ("774-B customer", "Number: customer", "Our   customer"):
        assert sorted(place.y for place in sought(asks, Printed([line(before, y=32.0), own]))[0]) == [2.0, 4.0]
