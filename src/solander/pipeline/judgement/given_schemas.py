"""Documents judged by schemas that the user gives: ``validate --schema``.

What Solander knows of its own formats is judged as ever; a given schema is asked besides. It judges in a process of its
own (``given_process``), for a bounded time; ``jing``, where it is asked for, in another.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from solander.checking.grammars.relax_ng import GrammarFault
from solander.checking.rules import codes, run
from solander.checking.tei import given_verdicts
from solander.errors import ArchiveError, NotABag, ProfileError, UsageError
from solander.files.folder import Folder
from solander.files.jing import ask_jing, find_jing
from solander.files.named import kind_of, read_whole
from solander.files.talking import NoAnswer, Talker
from solander.model.bag_layout import FILE_LIMIT_BYTES, TEI_NAME
from solander.model.finding import Report, SchemaUsed, in_order
from solander.model.ports import Tree
from solander.pipeline.merging import merge, placed
from solander.pipeline.subject import Subject, is_bag, tree_in

ENGINES = ("solander", "jing")
"""Who may judge by a given schema: what comes with Solander, or jing where it is installed."""

SCHEMA_LIMIT_BYTES = 32 * 1024 * 1024
NEIGHBOURS = 100
"""As many files may lie beside a schema that it calls for."""

PATIENCE_SECONDS = 60.0
"""As long as a judgement is waited for, whatever its document."""

_BYTES_PER_SECOND = 500_000
_CALLS_IN_COMPACT = re.compile(rb"\b(?:include|external)\b[^\"']{0,200}[\"']([^\"']*)[\"']")
_CALLS = (b"XInclude", b"<!DOCTYPE")


class _Given(NamedTuple):
    """A schema that was read."""

    path: Path
    files: dict[str, bytes]
    """Itself and what it calls for, by name."""
    used: SchemaUsed
    note: str | None


class GivenSchemas:
    """Schemas that a run judges by; to be closed, for the process that judges is kept from document to document."""

    def __init__(self, paths: Sequence[str | Path], engine: str = ENGINES[0]) -> None:
        """Read the schemas.

        Args:
            paths: files whose names end in .rng, .rnc, .xsd or .sch.
            engine: one of ``ENGINES``.

        Raises:
            UsageError: there is no such engine, or it is not installed, or does not know such a schema.
            ProfileError: a schema cannot be used.
            ArchiveError: one could not be read.
        """
        if engine not in ENGINES:
            raise UsageError(f"there is no engine {engine}; there are {', '.join(ENGINES)}")
        self.jing = find_jing() if engine == "jing" else None
        if engine == "jing" and self.jing is None:
            raise UsageError("jing is not installed here; on Debian: apt-get install jing, or leave --engine out")
        self.talker = Talker("solander.pipeline.judgement.given_process")
        try:
            self.schemas = [self._jing_reads(Path(one)) if self.jing else self._read(Path(one)) for one in paths]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> GivenSchemas:
        """Nothing more: the schemas were read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process that judges."""
        self.close()

    def close(self) -> None:
        """End the process that judges."""
        self.talker.close()

    # ------------------------------------------------------------------------------------------------ the schemas

    def _read(self, path: Path) -> _Given:
        files = {path.name: read_whole(path, SCHEMA_LIMIT_BYTES)}
        while len(files) <= NEIGHBOURS:
            said = self._asked(path, files)
            if "needs" not in said:
                if "refused" in said:
                    raise ProfileError(path, said["refused"])
                return _Given(path, files, SchemaUsed(*said["used"]), said["note"])
            files[said["needs"]] = _neighbour(path, said["needs"])
        raise ProfileError(path, f"it calls for more than {NEIGHBOURS} files")

    def _asked(self, path: Path, files: dict[str, bytes]) -> dict[str, Any]:
        told = {name: base64.b64encode(content).decode() for name, content in files.items()}
        try:
            return self._talk({"ask": "read", "key": str(path), "name": path.name, "files": told}, PATIENCE_SECONDS)
        except NoAnswer as error:
            raise ProfileError(path, f"it could not be read: {error}") from error

    def _talk(self, message: dict[str, Any], seconds: float) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.talker.ask(json.dumps(message).encode(), seconds))
        return said

    def _jing_reads(self, path: Path) -> _Given:
        """A schema as jing will read it; that it calls for nothing but what lies beside it is seen to here."""
        if path.suffix.lower() not in (".rng", ".rnc"):
            raise UsageError(f"{path}: jing judges by RELAX NG alone, .rng or .rnc; leave --engine out for this schema")
        if path.suffix.lower() == ".rng":
            given = self._read(path)
        else:
            files = {path.name: read_whole(path, SCHEMA_LIMIT_BYTES)}
            waiting = [path.name]
            while waiting:
                for written in _CALLS_IN_COMPACT.findall(files[waiting.pop()]):
                    name = written.decode("utf-8", "replace").removeprefix("./")
                    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*", name):
                        raise ProfileError(path, f"it calls for {name[:200]!r}; only files beside it are read")
                    if name not in files:
                        files[name] = _neighbour(path, name)
                        waiting.append(name)
                    if len(files) > NEIGHBOURS:
                        raise ProfileError(path, f"it calls for more than {NEIGHBOURS} files")
            given = _Given(path, files, SchemaUsed(path.name, "1", "", ""), None)
        digest = hashlib.sha256(given.files[path.name]).hexdigest()
        return given._replace(used=SchemaUsed(path.name, given.used.version, digest, "jing"), note=None)

    # ---------------------------------------------------------------------------------------------- the documents

    def judge(self, subject: Subject) -> Report:
        """Judge what a subject holds: a document, or the TEI of a bag; an archive holds nothing of its own.

        Raises:
            ArchiveError: it could not be read.
        """
        path = subject.path
        if subject.kind in ("archive", "stray", "fixity"):
            return Report(subject=str(path))
        if subject.kind in ("tei", "page"):
            return self.judge_document(read_whole(path, FILE_LIMIT_BYTES), str(path))
        tree: Tree | None = tree_in(path) if subject.kind == "serialised" else Folder(path) if is_bag(path) else None
        if tree is None:
            raise NotABag(path)
        try:
            content = tree.read(TEI_NAME, FILE_LIMIT_BYTES)
        except ArchiveError:
            names = ", ".join(one.path.name for one in self.schemas)
            return Report(subject=str(path), unchecked=(f"{path}: it has no {TEI_NAME} to be judged by {names}",))
        return placed(self.judge_document(content, TEI_NAME), str(path))

    def judge_document(self, content: bytes, path: str) -> Report:
        """Judge one document by every schema.

        Args:
            content: the document.
            path: what findings call it.
        """
        return merge([self._judged(one, content, path) for one in self.schemas], subject=path)

    def _judged(self, given: _Given, content: bytes, path: str) -> Report:
        name = given.path.name
        seconds = PATIENCE_SECONDS + len(content) / _BYTES_PER_SECOND
        try:
            faults, why = self._by_jing(given, content, seconds) if self.jing else self._by_us(given, content, seconds)
        except NoAnswer as error:
            faults, why = [], str(error)
        notes = [f"{path}: not checked by {name}: {why}"] if why else []
        if given.note is not None:
            notes.append(f"{path}: not checked by this engine, though {name} asks for it: {given.note}")
        return Report(
            subject=path,
            findings=in_order(run(given_verdicts.RULES, path, name, faults)),
            rules=codes(given_verdicts.RULES),
            schemas=(given.used,),
            unchecked=tuple(notes),
        )

    def _by_us(self, given: _Given, content: bytes, seconds: float) -> tuple[list[GrammarFault], str | None]:
        if self.talker.process is None:
            # It was ended over an earlier document, and knows no schema any more.
            for one in self.schemas:
                self._asked(one.path, one.files)
        document = base64.b64encode(content).decode()
        said = self._talk({"ask": "judge", "key": str(given.path), "document": document}, seconds)
        return [GrammarFault(*one) for one in said.get("faults", ())], said["unchecked"]

    def _by_jing(self, given: _Given, content: bytes, seconds: float) -> tuple[list[GrammarFault], str | None]:
        if any(call in content for call in _CALLS) or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return [], "jing is given no document with a DOCTYPE or XInclude: it would read what they call for"
        found = ask_jing(self.jing or "jing", given.path.name, given.files, content, seconds)
        return [GrammarFault(one.line, one.column, None, one.message) for one in found], None


def _neighbour(path: Path, name: str) -> bytes:
    beside = path.with_name(name)
    if kind_of(beside) != "file":
        raise ProfileError(path, f"it calls for {name}, and no such file lies beside it")
    return read_whole(beside, SCHEMA_LIMIT_BYTES)
