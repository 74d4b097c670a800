"""The command line: every way out of it, and what a shell is told."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf
import pytest
from PIL import Image

import docpipe
from docpipe.cli import main
from docpipe.schema import load_schema
from tests.handmade import memory_eater, nested_forms, one_page
from tests.readings import entry, expected, perfect, sample, truth, write_replay

ROOT = Path(__file__).parent.parent


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command `docpipe`, in this process, without a terminal."""

    def command(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["docpipe", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        code = left.value.code
        out, err = capfd.readouterr()
        return Ran(code if isinstance(code, int) else 0, out, err)

    return command


def docpipe_process(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    environment = {**os.environ, **options.pop("env", {}), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.Popen(
        [sys.executable, "-m", "docpipe", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        **options,
    )


INVOICE = sample("invoice-01")
OTHER = sample("invoice-02")


class Case(NamedTuple):
    """A document, how it is read, and what both doors must make of it."""

    changes: dict[str, str | None]
    status: str
    code: int
    warnings: set[tuple[str, str | None]] = set()
    data: dict[str, Any] = {}
    finish_reason: str = "stop"


CASES = {
    "all is read well": Case({}, "ok", 0),
    "a date is no date": Case(
        {"/invoice_date": "soon"}, "needs_review", 3, {("not_converted", "/invoice_date")}, {"invoice_date": None}
    ),
    "the reply was cut": Case({}, "partial", 4, {("reply_invalid", None)}, finish_reason="length"),
}


@pytest.mark.parametrize("name", CASES)
def test_python_and_the_command_line_agree(name: str, run: Run, tmp_path: Path) -> None:
    """The same document read in the same way gives the same record through both doors, and the exit code says so."""
    case = CASES[name]
    schema = load_schema("invoice")
    line = entry(INVOICE, schema, perfect(INVOICE, schema, case.changes), finish_reason=case.finish_reason)
    model = write_replay(tmp_path / "replies.jsonl", [line])

    called = docpipe.extract(INVOICE, schema="invoice", model=model)
    typed = run("extract", INVOICE, "--schema", "invoice", "--model", model)

    assert typed.code == case.code, typed.err
    by_python = called.model_dump(mode="json")
    by_command = typed.record
    assert {**by_command, "timing": None} == {**by_python, "timing": None}
    assert by_command["status"] == case.status
    assert by_command["data"] == {**expected(INVOICE, schema), **case.data}
    assert case.warnings <= {(w["code"], w["pointer"]) for w in by_command["warnings"]}


@pytest.fixture(scope="module")
def replies(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A model that has read two invoices."""
    path = tmp_path_factory.mktemp("replies") / "replies.jsonl"
    schema = load_schema("invoice")
    return write_replay(path, [entry(d, schema, perfect(d, schema)) for d in (INVOICE, OTHER)])


def test_one_document_is_an_object_and_several_are_lines(run: Run, replies: str) -> None:
    """A single record can be read by people, several by programs, line by line."""
    one = run("extract", INVOICE, "-s", "invoice", "-m", replies)
    two = run("extract", INVOICE, OTHER, "-s", "invoice", "-m", replies)
    assert one.out.startswith("{\n  ")
    assert [json.loads(line)["source"] for line in two.out.splitlines()] == [str(INVOICE), str(OTHER)]
    assert json.loads(two.out.splitlines()[0])["data"] == one.record["data"]
    assert one.err == ""
    assert two.err == "2 documents: 2 ok\n"


def test_a_bad_document_does_not_stop_the_rest(run: Run, replies: str, tmp_path: Path) -> None:
    """A folder of good and bad files gives a record for each, a reason for each bad one, and exit code 4."""
    inbox = tmp_path / "inbox"
    (inbox / "sub").mkdir(parents=True)
    good = INVOICE.read_bytes()
    (inbox / "a.pdf").write_bytes(good)
    (inbox / "b.pdf").touch()
    (inbox / "c.pdf").write_bytes(good[:300])
    (inbox / "d.pdf").write_text("Dear Sir or Madam")
    (inbox / "notes.txt").write_text("no document, and not taken for one")
    (inbox / "sub" / "a.pdf").write_bytes(OTHER.read_bytes())
    locked(inbox / "e.pdf")

    ran = run("extract", inbox, "-s", "invoice", "-m", replies)
    alone = run("extract", INVOICE, "-s", "invoice", "-m", replies)

    records = {Path(r["source"]).relative_to(inbox).as_posix(): r for r in map(json.loads, ran.out.splitlines())}
    assert {name: r["error"] and r["error"]["code"] for name, r in records.items()} == {
        "a.pdf": None,
        "b.pdf": "source_empty",
        "c.pdf": "source_damaged",
        "d.pdf": "source_unsupported",
        "e.pdf": "source_encrypted",
        "sub/a.pdf": None,
    }
    assert records["a.pdf"]["values"] == alone.record["values"]
    assert all(r["error"]["hint"] for r in records.values() if r["error"])
    assert ran.code == 4
    assert ran.err.splitlines()[-1] == "6 documents: 2 ok, 4 failed"
    assert f"{inbox}/b.pdf: has no bytes" in ran.err


def test_hostile_documents_cost_only_themselves(
    run: Run, replies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that hangs, one that eats memory and one of five metres end in errors; no child is left behind."""
    monkeypatch.setenv("DOCPIPE_RENDER_TIMEOUT_S", "4")
    monkeypatch.setenv("DOCPIPE_RENDER_MEMORY_MB", "512")
    (tmp_path / "hang.pdf").write_bytes(nested_forms())
    (tmp_path / "memory.pdf").write_bytes(memory_eater())
    (tmp_path / "huge.pdf").write_bytes(one_page(b"0 0 10 10 re f", size=(14400, 14400)))
    (tmp_path / "z.pdf").write_bytes(INVOICE.read_bytes())
    ran = run("extract", tmp_path, "-s", "invoice", "-m", replies)
    records = {Path(r["source"]).name: r for r in map(json.loads, ran.out.splitlines())}
    ended = {name: r["error"] and r["error"]["code"] for name, r in records.items()}
    # The page hangs for ever and grows as it does: a fast machine meets the memory's limit before the clock's.
    assert ended.pop("hang.pdf") in {"render_timeout", "render_memory"}
    assert ended == {
        "huge.pdf": "source_too_large",
        "memory.pdf": "render_memory",
        "z.pdf": None,
    }
    assert all(r["error"]["hint"] for r in records.values() if r["error"])
    assert records["z.pdf"]["values"] == run("extract", INVOICE, "-s", "invoice", "-m", replies).record["values"]
    assert ran.code == 4
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["extract", "nowhere.pdf", "-s", "invoice"], 5, "nowhere.pdf: no such file"),
        (["extract", ".", "-s", "invoice"], 5, "no documents in there"),
        (["extract", str(INVOICE), "-s", "invoyce"], 2, 'no schema "invoyce" (did you mean "invoice"?)'),
        (["extract", str(INVOICE), "-s", "invoice", "-m", "nanno"], 2, 'no model is called "nanno"'),
        (["extract", str(INVOICE), "-s", "invoice", "-m", "replay:none.jsonl"], 2, "there is no file none.jsonl"),
        (["extract", str(INVOICE), "-s", "invoice", "--pages", "9"], 2, "there is no page 9"),
        (["extract", str(INVOICE), "-s", "invoice", "--dpi", "5"], 2, "--dpi"),
        (["extract"], 2, "Missing argument"),
        (["extract", "--formt", "csv", "a.pdf"], 2, "No such option"),
        (["show", str(INVOICE), "--from", "none.json"], 2, "none.json cannot be read"),
        (["schemas", "check", '{"type": "object", "properties": {"a": {"type": "strng"}}}'], 2, "/properties/a"),
        (["schemas", "infer", "none.json"], 2, "none.json cannot be read"),
    ],
)
def test_what_cannot_work_says_why(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    """Bad input and bad usage have exit codes of their own, and a message that names the thing."""
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == code, ran.err
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_document_that_was_never_recorded_is_a_failure(run: Run, replies: str) -> None:
    """A replay file without this document names both, and how to record it."""
    other = sample("invoice-04")
    ran = run("extract", other, "-s", "invoice", "-m", replies)
    assert ran.code == 4
    assert ran.record["error"]["code"] == "reply_missing"
    assert f"has no reply for {other}, page 1: nothing was recorded of this document" in ran.err
    assert f"next: docpipe extract {other} --model nano --record" in ran.err


def test_files_of_one_name_do_not_collide(run: Run, replies: str, tmp_path: Path) -> None:
    """a.pdf and a.tif, and a.pdf of another folder, have a file of results each; nothing else is left in the folder."""
    for name, content in {"one/a.pdf": INVOICE, "one/a.PDF.pdf": OTHER, "two/a.pdf": OTHER}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content.read_bytes())
    Image.new("L", (60, 60), 255).save(tmp_path / "one" / "a.tif")
    out = tmp_path / "out"
    ran = run("extract", tmp_path / "one", tmp_path / "two/a.pdf", "-s", "invoice", "-m", replies, "-o", out)
    results = {p.relative_to(out).as_posix(): json.loads(p.read_text()) for p in out.rglob("*")}
    assert {name: Path(r["source"]).relative_to(tmp_path).as_posix() for name, r in results.items()} == {
        "a.PDF.pdf.json": "one/a.PDF.pdf",
        "a.pdf.json": "one/a.pdf",
        "a.tif.json": "one/a.tif",
        "a.pdf.2.json": "two/a.pdf",
    }
    assert ran.out == ""
    assert f"{tmp_path}/one/a.pdf: ok, {out}/a.pdf.json" in ran.err


def test_results_keep_the_folders_they_came_from(run: Run, replies: str, tmp_path: Path) -> None:
    """Files below a folder argument are written below the output folder in the same way."""
    (tmp_path / "in/2024").mkdir(parents=True)
    (tmp_path / "in/2024/a.pdf").write_bytes(INVOICE.read_bytes())
    run("extract", tmp_path / "in", "-s", "invoice", "-m", replies, "-o", tmp_path / "out", "-q")
    assert json.loads((tmp_path / "out/2024/a.pdf.json").read_text())["status"] == "ok"


def test_an_output_folder_that_cannot_be_written_is_named(run: Run, replies: str, tmp_path: Path) -> None:
    """A file in the place of the folder is told, not overwritten."""
    (tmp_path / "out").write_text("mine")
    ran = run("extract", INVOICE, "-s", "invoice", "-m", replies, "-o", tmp_path / "out")
    assert ran.code == 2
    assert f"{tmp_path}/out/invoice-01.pdf.json cannot be written" in ran.err
    assert (tmp_path / "out").read_text() == "mine"


def test_csv_goes_into_a_spreadsheet(run: Run, replies: str) -> None:
    """A row for each invoice, or for each of its lines."""
    rows = list(
        csv.DictReader(io.StringIO(run("extract", INVOICE, OTHER, "-s", "invoice", "-m", replies, "-f", "csv").out))
    )
    assert [row["invoice_number"] for row in rows] == [truth(d)["data"]["invoice_number"] for d in (INVOICE, OTHER)]
    out = run("extract", INVOICE, "-s", "invoice", "-m", replies, "-f", "csv", "--rows", "items").out
    items = [row["line_items.description"] for row in csv.DictReader(io.StringIO(out))]
    assert items == [line["description"] for line in truth(INVOICE)["data"]["line_items"]]


def test_recorded_replies_are_replayed(run: Run, replies: str, tmp_path: Path) -> None:
    """--record writes what --model replay: reads, and the second run gives the first one's values without the model."""
    kept = tmp_path / "kept.jsonl"
    first = run("extract", INVOICE, "-s", "invoice", "-m", replies, "--record", kept)
    second = run("extract", INVOICE, "-s", "invoice", "-m", f"replay:{kept}")
    assert second.record["values"] == first.record["values"]
    assert second.record["values"][0]["model"] == "recorded-1"


def test_a_document_comes_through_a_pipe(replies: str) -> None:
    """`-` reads standard input, and what reads the output may stop early without an error."""
    with (
        INVOICE.open("rb") as file,
        docpipe_process("extract", "-", "-s", "invoice", "-m", replies, stdin=file) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
        assert (first, process.wait(60)) == ("{", 0)


STUCK = """
import os, threading
from docpipe.models.replay import Replay

class Stuck(Replay):
    '''Reads from a replay file until it meets the second document, and then for ever.'''
    def __init__(self, name, settings):
        super().__init__(name, settings)
        self.seen = 0
    def extract(self, requests):
        for request in requests:
            self.seen += 1
            if self.seen == 2:
                os.write(int(os.environ['REACHED']), b'second')
                threading.Event().wait()
            yield from super().extract([request])
"""


def test_ctrl_c_keeps_what_is_finished(replies: str, tmp_path: Path) -> None:
    """Interrupted while the second document is read, the first one's record is written and the exit code is 130."""
    (tmp_path / "stuck.py").write_text(STUCK)
    metadata = tmp_path / "stuck-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: stuck\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[docpipe.models]\nstuck = stuck:Stuck\n")
    reached, tell = os.pipe()
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from docpipe.cli import main; main()"
    model = replies.replace("replay", "stuck")
    process = subprocess.Popen(
        [sys.executable, "-c", start, "extract", INVOICE, OTHER, "-s", "invoice", "-m", model],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "REACHED": str(tell)},
        pass_fds=[tell],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    os.close(tell)
    with os.fdopen(reached, "rb") as told:
        assert told.read(6) == b"second", process.communicate()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the render child is interrupted too
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    (line,) = out.splitlines()
    assert (json.loads(line)["source"], json.loads(line)["status"]) == (str(INVOICE), "ok")
    assert err == "2 documents: 1 ok, 1 not reached\n"


def on_terminal(*arguments: str | Path, answers: dict[str, str] | None = None, folder: Path) -> tuple[int, str]:
    """The exit code of the command on a terminal, and all that was shown there. `answers` are typed after prompts."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "docpipe", *map(str, arguments)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"},
        start_new_session=True,  # away from the terminal of whoever runs the tests
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux tells the end of a terminal by EIO
            break
        shown += part
        for prompt in [prompt for prompt in answers or {} if prompt.encode() in shown]:
            os.write(leader, (answers or {}).pop(prompt).encode() + b"\n")
    os.close(leader)
    return process.wait(60), shown.decode()


def test_a_terminal_gets_a_table_and_progress(replies: str, tmp_path: Path) -> None:
    """On a terminal the record is a table in colour, and the model's loading is announced."""
    code, shown = on_terminal("extract", INVOICE, "-s", "invoice", "-m", replies, folder=tmp_path)
    assert code == 0
    assert "loading model replay:" in shown
    assert "\x1b[32mverified" in shown
    assert "INV-2024-0386" in shown


def locked(path: Path) -> Path:
    """The first sample, encrypted with the password `geheim`."""
    with pymupdf.open(INVOICE) as pdf:
        pdf.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="geheim", owner_pw="geheim")
    return path


def test_a_password_is_asked_for_on_a_terminal(tmp_path: Path) -> None:
    """A person is asked for the password of an encrypted document, and what they type is not shown."""
    path, schema = locked(tmp_path / "locked.pdf"), load_schema("invoice")
    model = write_replay(tmp_path / "r.jsonl", [entry(path, schema, perfect(INVOICE, schema))])
    arguments = ("extract", path, "-s", "invoice", "-m", model)
    code, shown = on_terminal(*arguments, answers={"/locked.pdf: ": "geheim"}, folder=tmp_path)
    assert code == 0, shown
    assert "INV-2024-0386" in shown
    assert "geheim" not in shown


def test_add_asks_for_a_password_too(run: Run, tmp_path: Path) -> None:
    """An encrypted document is read and stored with the password that a person types, which is kept nowhere."""
    path, schema = locked(tmp_path / "locked.pdf"), load_schema("invoice")
    model = write_replay(tmp_path / "r.jsonl", [entry(path, schema, perfect(INVOICE, schema))])
    database = ("--database", tmp_path / "docpipe.db")
    arguments = ("add", path, "-s", "invoice", "-m", model, *database)
    code, shown = on_terminal(*arguments, answers={"/locked.pdf: ": "geheim"}, folder=tmp_path)
    assert code == 0, shown
    assert run("export", *database).record["data"]["invoice_number"] == "INV-2024-0386"
    assert b"geheim" not in (tmp_path / "docpipe.db").read_bytes()


def test_an_encrypted_pdf_opens_with_its_password(run: Run, tmp_path: Path) -> None:
    """--password reads what is otherwise refused."""
    path, schema = locked(tmp_path / "locked.pdf"), load_schema("invoice")
    model = write_replay(tmp_path / "r.jsonl", [entry(path, schema, perfect(INVOICE, schema))])
    assert run("extract", path, "-s", "invoice", "-m", model).code == 5
    assert run("extract", path, "-s", "invoice", "-m", model, "--password", "wrong").code == 5
    opened = run("extract", path, "-s", "invoice", "-m", model, "--password", "geheim")
    assert (opened.code, opened.record["status"]) == (0, "ok")


def test_show_draws_each_page(run: Run, replies: str, tmp_path: Path) -> None:
    """A picture with the boxes is written, also from a record that was kept, and the table is printed."""
    image, again = tmp_path / "one.png", tmp_path / "two.png"
    shown = run("show", INVOICE, "-s", "invoice", "-m", replies, "--image", image)
    record = tmp_path / "record.json"
    record.write_text(run("extract", INVOICE, "-s", "invoice", "-m", replies).out)
    kept = run("show", INVOICE, "--from", record, "--image", again)
    assert (shown.code, kept.code) == (0, 0)
    assert "INV-2024-0386" in shown.out
    assert "INV-2024-0386" in kept.out
    assert image.read_bytes() == again.read_bytes()
    with Image.open(image) as picture:
        assert (0, 158, 115) in {colour for _, colour in picture.getcolors(1 << 20) or []}
    assert run("show", OTHER, "--from", record, "--image", again).code == 2


def test_show_numbers_the_pictures_of_several_pages(run: Run, tmp_path: Path) -> None:
    """Several pages are several files, one page is the file that was named."""
    path = tmp_path / "two.pdf"
    with pymupdf.open() as pdf:
        for number in (1, 2):
            pdf.new_page(width=200, height=100).insert_text((20, 40), f"Page {number}")
        pdf.save(path)
    schema = load_schema('{"title": "Note", "type": "object", "properties": {"title": {"type": ["string", "null"]}}}')
    (tmp_path / "note.json").write_text(json.dumps(dict(schema.document)))
    readings = [docpipe.Reading("/title", "Page 1", 1, (20.0, 28.0, 60.0, 44.0), 0.9)]
    lines = [entry(path, schema, readings, pages=pages) for pages in ([1, 2], [2])]
    model = write_replay(tmp_path / "r.jsonl", lines)
    arguments = ["show", path, "-s", tmp_path / "note.json", "-m", model, "-i", tmp_path / "p.png"]
    assert run(*arguments).err == f"wrote {tmp_path}/p-1.png\nwrote {tmp_path}/p-2.png\n"
    assert run(*arguments, "--page", "2").err == f"wrote {tmp_path}/p.png\n"


def test_schemas_are_listed_shown_and_inferred(run: Run, tmp_path: Path) -> None:
    """Starting a schema of one's own takes one command, and the result can be used at once."""
    assert [line.split()[0] for line in run("schemas", "list").out.splitlines()] == [
        schema.name for schema in docpipe.list_schemas()
    ]
    mine = tmp_path / "mine.json"
    mine.write_text(run("schemas", "show", "invoice").out)
    assert load_schema(mine).hash == load_schema("invoice").hash
    example = tmp_path / "example.json"
    example.write_text('{"number": "A-1", "lines": [{"amount": 2}]}')
    mine.write_text(run("schemas", "infer", example).out)
    assert (
        run("schemas", "check", mine).out == "mine: fields: 2, rules: 0\n  number: string\n  lines[].amount: number\n"
    )


def test_doctor_names_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that is not installed is listed with the command that installs it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    out = run("doctor").out
    assert "-        pdftoppm, for --renderer poppler  -> apt install poppler-utils, or brew install poppler" in out
    assert f"docpipe {docpipe.__version__}" in out


HEAVY = ("torch", "transformers", "sqlalchemy", "pymupdf", "numpy", "PIL")


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["--version"]])
def test_help_is_light(arguments: list[str]) -> None:
    """Asking for help, or importing docpipe, imports nothing heavy."""
    code = (
        f"import sys; sys.argv = ['docpipe', *{arguments!r}]\nimport docpipe, docpipe.cli\n"
        "try:\n    docpipe.cli.main()\n"
        f"finally:\n    print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stderr == "[]\n"


def test_help_is_quick() -> None:
    """`docpipe --help` answers in less than 0.7 seconds of processor time, and tells the exit codes."""
    before = os.times()
    process = docpipe_process("--help")
    out, _ = process.communicate(timeout=60)
    after = os.times()
    spent = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    assert process.returncode == 0
    assert spent < 0.7
    assert "3 needs review" in out
    assert "130 interrupted" in out


def test_a_bug_is_one_line_and_a_log(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An unforeseen error is told in a line with the place of its traceback; --debug shows it."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no\x1b[31mcolour")

    monkeypatch.setattr("docpipe.pipeline.Pipeline.stream", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    ran = run("extract", INVOICE, "-s", "invoice")
    assert ran.code == 1
    first, second = ran.err.splitlines()
    assert first == "docpipe: internal error: ZeroDivisionError: no\ufffd[31mcolour"
    (log,) = tmp_path.glob("docpipe-*.log")
    assert second == f"  next: run it again as docpipe --debug ..., or report it with {log}"
    assert "Traceback" in log.read_text()
    monkeypatch.setattr(sys, "argv", ["docpipe", "--debug", "extract", str(INVOICE), "-s", "invoice"])
    with pytest.raises(ZeroDivisionError):
        main()
