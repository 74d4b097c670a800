"""What the documentation says about the code is true: who imports whom, what is public, which files there are."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import docpipe

ROOT = Path(__file__).resolve().parent.parent

BASE = {"errors", "types", "settings", "schema", "subset", "rule_language", "infer", "plan"}
# Steps, each with what it may import besides the base.
STEPS: dict[str, set[str]] = {
    "ingest": set(),
    "render": set(),
    "normalise": {"printed"},
    "ground": {"printed"},
    "merge": {"printed"},
    "validate": {"printed"},
    "rules": {"printed"},
    "draw": set(),
    "export": set(),
    "calibrate": set(),
    "store": set(),
    "ask": {"printed"},
    "models": {"nano", "printed"},
    "nano": {"printed"},
}
# Files that are parts of a unit of another name.
PARTS = {
    "office": "ingest",
    "sheets": "export",
    **dict.fromkeys(("asking", "look_up", "planning", "fitting", "job", "judge"), "pipeline"),
    **dict.fromkeys(("reask", "remember", "reviewing"), "pipeline"),
    **dict.fromkeys(("page_words", "reindexing"), "pipeline"),
    **dict.fromkeys(("confidence", "second_look", "second_reader", "underway"), "pipeline"),
    **dict.fromkeys(("intake", "journal", "several", "showing", "stopping", "work"), "pipeline"),
    **dict.fromkeys(("crew", "moving"), "watch"),
    "__main__": "cli",
}
DOORS = {"cli", "watch"}
MAY_IMPORT: dict[str, set[str]] = {
    **{name: set() for name in BASE},
    "printed": set(),
    **STEPS,
    "pipeline": {*STEPS, "printed", "index"} - {"nano", "export"},
    # Searches what the store holds; the pipeline hands what it made to the store.
    "index": {"store"},
    # Measures what the pipeline does, and what a model does without it.
    "evaluate": {"pipeline", "ingest", "render", "rules", "calibrate", "models", "printed", "__init__"},
    **{name: {"pipeline", "export", "evaluate", "store", "index", "__init__", "watch"} for name in DOORS},
    "__init__": {*STEPS, "pipeline"},
}
# Where heavy libraries may be imported at all.
HEAVY = {
    "torch": {"models", "nano"},
    "transformers": {"models", "nano"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "pymupdf": {"render_pdf", "render_text", "nano"},
}
# Imported with the pipeline, whatever the model: here only inside a function.
ALWAYS = {"models/__init__.py", "models/base.py", "models/replay.py"}


def unit(module: str) -> str:
    """The unit that a module of docpipe belongs to: `render_pdf` to `render`, `cli.show` to `cli`."""
    name = module.split(".")[0]
    return "render" if name.startswith("render_") else PARTS.get(name, name)


def imports(path: Path, package: str) -> Iterator[tuple[int, str, bool]]:
    """Every import of a file: line, full module name, and whether it is done when the file is imported."""
    tree = ast.parse(path.read_text("utf-8"))
    lazy = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        now = id(node) not in lazy and id(node) not in typing_only
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, now) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            if module == "docpipe":
                yield from ((node.lineno, f"docpipe.{alias.name}", now) for alias in node.names)
            else:
                yield node.lineno, module, now


def broken_layers(root: Path) -> list[str]:
    """Every import in root/docpipe that the layers forbid."""
    return [problem for path in sorted((root / "docpipe").rglob("*.py")) for problem in broken_imports(root, path)]


def broken_imports(root: Path, path: Path) -> Iterator[str]:
    """Every import in one file of root/docpipe that the layers forbid."""
    source = root / "docpipe"
    modules = {path.stem for path in source.glob("*.py")} | {path.name for path in source.iterdir() if path.is_dir()}
    inside = path.relative_to(source).with_suffix("")
    own = unit(inside.parts[0])
    if own not in MAY_IMPORT:
        yield f"{path.relative_to(root)}: belongs to no layer; give it one in tests/test_architecture.py"
        return
    for line, name, now in imports(path, ".".join(["docpipe", *inside.parts[:-1]])):
        place = f"{path.relative_to(root)}:{line}"
        top = name.split(".")[0]
        if top == "docpipe":
            first = name.removeprefix("docpipe").lstrip(".").split(".")[0]
            other = unit(first if first in modules else "__init__")
            if other != own and other not in BASE | MAY_IMPORT[own]:
                yield f"{place}: {own} imports {other}"
        elif top in HEAVY and not {own, inside.parts[0]} & HEAVY[top]:
            yield f"{place}: {own} imports {top}"
        elif now and top in HEAVY and path.relative_to(source).as_posix() in ALWAYS:
            yield f"{place}: {own} imports {top} before it is needed"


def documented_names(readme: str) -> set[str]:
    """The public names in the README's section on the Python API: code at the start of list items and table rows."""
    section = re.search(r"^(#+) [^\n]*\bAPI\b[^\n]*\n(.*?)(?=^#{1,6} |\Z)", readme, re.MULTILINE | re.DOTALL)
    if not section:
        return set()
    items = re.findall(r"^(?:[-*]|\|) *((?:`[^`]+`[, ]*(?:and )?)+)", section.group(2), re.MULTILINE)
    return {name for item in items for name in re.findall(r"`(?:docpipe\.)?(\w+)", item)}


def undocumented_api(root: Path, exported: list[str]) -> list[str]:
    """Differences between docpipe.__all__ and the README."""
    documented = documented_names((root / "README.md").read_text("utf-8"))
    public = {name for name in exported if not name.startswith("__")}
    return [
        *(f"{name} is public but not in the README" for name in sorted(public - documented)),
        *(f"{name} is in the README but not public" for name in sorted(documented - public)),
    ]


def tree(readme: str) -> dict[str, str]:
    """The README's folder tree: paths, folders with a slash at the end, and what is said about each."""
    block = next(
        (
            text
            for text in re.findall(r"```\w*\n(.*?)```", readme, re.DOTALL)
            if "\ndocpipe/\n" in f"\n{text}" or text.startswith("docpipe/")
        ),
        "",
    )
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        match = re.match(r"( *)(\S.*?)(?:  +(.*))?$", line)
        if not match:
            continue
        indent, names, about = len(match.group(1)), match.group(2), match.group(3) or ""
        while above and above[-1][0] >= indent:
            above.pop()
        prefix = above[-1][1] if above else ""
        for name in re.split(r"[, ]+", names):
            found[prefix + name] = about
            if name.endswith("/"):
                above.append((indent, prefix + name))
    return found


def untrue_tree(root: Path) -> list[str]:
    """Differences between the README's tree and the files. A folder without lines inside is summed up."""
    listed = tree((root / "README.md").read_text("utf-8"))
    problems = [f"{path}: listed, but not there" for path in listed if not (root / path).exists()]
    problems += [f"{path}: nothing is said about it" for path, about in listed.items() if not about]
    summed_up = {
        path for path in listed if path.endswith("/") and not any(x != path and x.startswith(path) for x in listed)
    }
    for path in sorted((root / "docpipe").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name not in listed and not any(name.startswith(folder) for folder in summed_up):
            problems.append(f"{name}: there, but not listed")
    return problems


def misdeclared(root: Path) -> list[str]:
    """Packages that docpipe imports and pyproject.toml does not name, and packages it demands and nothing imports."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    core = {_package(line) for line in project["dependencies"]}
    optional = {_package(line) for lines in project["optional-dependencies"].values() for line in lines}
    homes = packages_distributions()
    used: dict[str, str] = {}
    for path in sorted((root / "docpipe").rglob("*.py")):
        for line, name, _ in imports(path, "docpipe"):
            top = name.split(".")[0]
            if top != "docpipe" and top not in sys.stdlib_module_names:
                # What is not installed is an option, whose package is called like its module.
                package = _package(homes.get(top, [top])[0])
                used.setdefault(package, f"{path.relative_to(root)}:{line}")
    return [
        *(f"{where}: {name} is not in pyproject.toml" for name, where in used.items() if name not in core | optional),
        *(f"pyproject.toml: {name} is not imported anywhere" for name in sorted(core - set(used))),
    ]


def _package(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement).group().lower().replace("_", "-")  # type: ignore[union-attr]  # names never miss


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources and what the tree names beside them, to be broken."""
    for path in (ROOT / "docpipe").rglob("*.py"):
        there = tmp_path / path.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
        elif path.name != "docpipe":
            (tmp_path / path.name).mkdir()
    return tmp_path


def test_nothing_reaches_across_the_layers() -> None:
    """Base imports base, steps import base and never each other, doors the pipeline; heavy libraries stay put."""
    assert broken_layers(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("merge.py", "from docpipe.ground import ground", "merge imports ground"),
        ("errors.py", "import docpipe.pipeline", "errors imports pipeline"),
        ("cli/show.py", "from docpipe import render", "cli imports render"),
        ("ingest.py", "def f():\n    import torch.nn", "ingest imports torch"),
        ("render.py", "import pymupdf", "render imports pymupdf"),
        ("types.py", "from sqlalchemy import Table", "types imports sqlalchemy"),
        ("models/replay.py", "import torch", "models imports torch before it is needed"),
        ("models/replay.py", "from ..pipeline import Pipeline", "models imports pipeline"),
        ("later.py", "", "belongs to no layer"),
    ],
)
def test_the_layer_test_sees_a_forbidden_import(copy: Path, file: str, line: str, said: str) -> None:
    """Each kind of reaching across is found in a copy where it was put in."""
    path = copy / "docpipe" / file
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", "utf-8")
    (problem,) = broken_imports(copy, path)
    assert said in problem
    assert file in problem


def test_the_readme_names_the_public_api() -> None:
    """docpipe.__all__ and the README's API section are the same names, and every one of them is there."""
    assert undocumented_api(ROOT, docpipe.__all__) == []
    for name in docpipe.__all__:
        assert getattr(docpipe, name) is not None


def test_the_api_test_sees_a_name_too_many_on_either_side() -> None:
    """A name that only one of the two has is found."""
    assert undocumented_api(ROOT, [*docpipe.__all__, "secret"]) == ["secret is public but not in the README"]
    assert undocumented_api(ROOT, [name for name in docpipe.__all__ if name != "extract"]) == [
        "extract is in the README but not public"
    ]


def test_the_readme_tree_is_true() -> None:
    """Every file of docpipe stands in the README's tree with a line about it, and nothing stands there that is not."""
    assert tree((ROOT / "README.md").read_text("utf-8"))
    assert untrue_tree(ROOT) == []


def test_the_tree_test_sees_files_that_come_and_go(copy: Path) -> None:
    """A new file without a line, a line without its file and a line that says nothing are found."""
    known = set(untrue_tree(copy))
    (copy / "docpipe" / "later.py").write_text("", "utf-8")
    assert set(untrue_tree(copy)) - known == {"docpipe/later.py: there, but not listed"}
    (copy / "docpipe" / "later.py").unlink()
    (copy / "docpipe" / "rules.py").unlink()
    assert set(untrue_tree(copy)) - known == {"docpipe/rules.py: listed, but not there"}
    readme = copy / "README.md"
    readme.write_text(re.sub(r"^( *errors\.py) .*$", r"\1", readme.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert "docpipe/errors.py: nothing is said about it" in untrue_tree(copy)


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    """An installation has every package that docpipe imports, and none that it does not."""
    assert misdeclared(ROOT) == []


def test_the_test_of_packages_sees_both_faults(copy: Path) -> None:
    """An import of something undeclared and a demand for something unused are found."""
    known = set(misdeclared(copy))
    (copy / "docpipe" / "rules.py").write_text("import leftpad\n", "utf-8")
    file = copy / "pyproject.toml"
    file.write_text(file.read_text("utf-8").replace("dependencies = [", 'dependencies = [\n    "moon>=1",'), "utf-8")
    assert set(misdeclared(copy)) - known == {
        "docpipe/rules.py:1: leftpad is not in pyproject.toml",
        "pyproject.toml: moon is not imported anywhere",
    }


@pytest.mark.parametrize(
    "code",
    [
        "import docpipe",
        "import sys, docpipe.cli\nsys.argv = ['docpipe', '--help']\ntry: docpipe.cli.main()\nexcept SystemExit: pass",
    ],
    ids=["import docpipe", "docpipe --help"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code: str) -> None:
    """Importing docpipe and asking for help load neither a model library nor a database nor a renderer."""
    script = f"{code}\nimport sys\nprint('loaded:', *sorted(name for name in sys.modules if '.' not in name))"
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(said.stdout.rpartition("loaded:")[2].split())
    assert "docpipe" in loaded
    assert not loaded & {"torch", "transformers", "sqlalchemy", "pymupdf", "numpy", "PIL"}
