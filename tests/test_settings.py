"""Settings: a flag wins over a variable, a variable over the nearest file, and every fault names where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from docpipe.errors import SettingsError
from docpipe.settings import Settings, load_settings


def test_flag_then_variable_then_file_then_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the four places is heard when those before it are silent; the file may lie in a folder above."""
    (tmp_path / "docpipe.toml").write_text('model = "file"\nrenderer = "poppler"\ndpi = 90\n', "utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    monkeypatch.setenv("DOCPIPE_MODEL", "variable")
    monkeypatch.setenv("DOCPIPE_DPI", "100")
    settings = load_settings(dpi=120, model=None)
    assert (settings.dpi, settings.model, settings.renderer, settings.max_pages) == (120, "variable", "poppler", 500)


def test_settings_cannot_change_under_a_running_pipeline() -> None:
    """Settings are frozen."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().dpi = 300  # type: ignore[misc]  # that is the point


def test_a_wrong_setting_names_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flag, the variable or the file that holds the fault is in the message, with what was given."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"^--dpi: input should be greater than or equal to 36, got 5$"):
        load_settings(dpi=5)
    with pytest.raises(SettingsError, match=r'^--dpii: no such setting \(did you mean "dpi"\?\)$'):
        load_settings(dpii=100)
    monkeypatch.setenv("DOCPIPE_MAX_PAGES", "many")
    with pytest.raises(SettingsError, match=r"^DOCPIPE_MAX_PAGES: input should be a valid integer.*got 'many'$"):
        load_settings()
    monkeypatch.delenv("DOCPIPE_MAX_PAGES")
    file = tmp_path / "docpipe.toml"
    file.write_text('rendrer = "poppler"\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.message == f'{file}: rendrer: no such setting (did you mean "renderer"?)'
    file.write_text("dpi = = 3\n", "utf-8")
    with pytest.raises(SettingsError, match=r"docpipe\.toml: Invalid value \(at line 1, column 7\)"):
        load_settings()
