"""An archive whose keeper can be written to, and packing into it from this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from solander.errors import SolanderError
from solander.model.accession import Accession
from solander.pipeline import pack
from solander.pipeline.sources import live

Pack = Callable[..., Accession]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "solander.toml").write_text('contact_email = "keeper@museum.example"\n')
    return folder


@pytest.fixture
def packing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """Pack an address; ``terms`` are those of fetching that a test wants otherwise."""
    true_terms = live.Guest.terms

    def packed(address: str, terms: dict[str, Any] | None = None, **asked: Any) -> Accession:
        monkeypatch.setattr(live.Guest, "terms", lambda guest: replace(true_terms(guest), **(terms or {})))
        return pack(address, into=archive, **({"allows_loopback": True} | asked))

    return packed


@pytest.fixture
def refusal(archive: Path, packing: Pack) -> Callable[..., str]:
    """Why an address is refused, in the words that a person reads; nothing was written."""

    def refused(address: str, **asked: Any) -> str:
        with pytest.raises(SolanderError) as raised:
            packing(address, **asked)
        assert [one.name for one in archive.iterdir()] == ["solander.toml"]
        assert "\n" not in str(raised.value)
        return str(raised.value)

    return refused
