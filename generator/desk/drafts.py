"""Attachments that are being read, kept with the editor's answers until they are written."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.announcing.questions import Answer, Answers
from generator.catalogue.content import DESK
from generator.catalogue.labels import LabelError
from generator.catalogue.messages import Message, message_data, message_of
from generator.files.disk import read_file, read_if_there, write_whole
from generator.files.seal import sealed, unsealed
from generator.files.transaction import recover, write_all

_DRAFTS = f"{DESK}/drafts"
_BYTES, _ANSWERS = "attachment", "answers"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer of the editor, with the question as it was asked."""

    answer: Answer
    question: Message


@dataclass(frozen=True, slots=True)
class AttachmentDraft:
    """An attachment of which nothing is written yet."""

    name: str
    """That of its folder."""
    file: str
    """What the attachment is called."""
    begun_on: str
    """The day on which it came."""
    batch: str = ""
    """The announcement; see `Answers`."""
    notice: str = ""
    """The day or month of a notice; see `Answers`."""
    columns: dict[str, str] = field(default_factory=dict)
    """What columns hold, where the editor chose it."""
    stated: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table → column → what the editor says of the announcement or its source beside the list."""
    given: tuple[GivenAnswer, ...] = ()
    """One answer a row."""

    @property
    def answers(self) -> Answers:
        """What the editor said, as an import takes it."""
        rows = {
            kind: frozenset(one.answer.row for one in self.given if one.answer.kind == kind)
            for kind in ("accept", "new", "skip")
        }
        return Answers(
            self.batch, rows["accept"], rows["new"], rows["skip"], self.notice, self.columns, stated=self.stated
        )

    @property
    def files(self) -> tuple[str, str]:
        """Where it is kept, below the content."""
        return f"{_DRAFTS}/{self.name}/{_BYTES}", f"{_DRAFTS}/{self.name}/{_ANSWERS}"

    def with_answer(self, question: Message, answer: Answer) -> AttachmentDraft:
        """The same with `answer` in place of any other about its row."""
        return replace(
            self.without_answer(answer.row), given=(*self._others(answer.row), GivenAnswer(answer, question))
        )

    def without_answer(self, row: str) -> AttachmentDraft:
        """The same without an answer about `row`."""
        return replace(self, given=self._others(row))

    def _others(self, row: str) -> tuple[GivenAnswer, ...]:
        return tuple(one for one in self.given if one.answer.row != row)


def begin_draft(content: Path, file: str, data: bytes, today: date) -> AttachmentDraft:
    """Keep the attachment called `file` that holds `data`; the draft of it.

    One that has come before is given as it stands.
    """
    recover(content)
    for draft in all_drafts(content):
        if draft.file == file and attachment_of(content, draft) == data:
            return draft
    draft = AttachmentDraft(secrets.token_hex(8), file, today.isoformat())
    of_bytes, of_answers = draft.files
    write_all(content, {of_bytes: data, of_answers: _packed(draft)})
    return draft


def keep_draft(content: Path, draft: AttachmentDraft) -> None:
    """Keep `draft` with its present answers."""
    write_whole(content / draft.files[1], _packed(draft))


def drop_draft(content: Path, draft: AttachmentDraft) -> None:
    """Forget `draft` with its attachment."""
    write_all(content, dict.fromkeys(draft.files))


def draft_called(content: Path, name: str) -> AttachmentDraft | None:
    """The draft in the folder `name`; None for none."""
    data = unsealed(_ANSWERS, read_if_there(content / _DRAFTS / name / _ANSWERS))
    if data is None:
        return None
    values = json.loads(data)
    given = tuple(
        GivenAnswer(
            Answer(one["answer"]["kind"], one["answer"]["row"], _kept(one["answer"]["meaning"])),
            _kept(one["question"]),
        )
        for one in values.pop("given")
    )
    # Another version of the program may have kept more.
    known = {one.name: values[one.name] for one in fields(AttachmentDraft) if one.name in values}
    return AttachmentDraft(name, **known, given=given)


def _kept(data: dict[str, Any]) -> Message:
    """A message that was kept, maybe by another version of the program, which had others."""
    message = message_of(data)
    try:
        str(message)
    except (LabelError, OSError):
        return Message("desk.of-another-version")
    return message


def all_drafts(content: Path) -> list[AttachmentDraft]:
    """All drafts below `content`, the oldest first."""
    folders = sorted(path.name for path in (content / _DRAFTS).glob("*"))
    drafts = [draft for name in folders if (draft := draft_called(content, name))]
    return sorted(drafts, key=lambda draft: draft.begun_on)


def attachment_of(content: Path, draft: AttachmentDraft) -> bytes:
    """The bytes of the attachment of `draft`."""
    return read_file(content / draft.files[0])


def _packed(draft: AttachmentDraft) -> bytes:
    data: dict[str, Any] = asdict(replace(draft, given=()))
    del data["name"]
    data["given"] = [
        {
            "question": message_data(one.question),
            "answer": {
                "kind": one.answer.kind,
                "row": one.answer.row,
                "meaning": message_data(one.answer.meaning),
            },
        }
        for one in draft.given
    ]
    return sealed(_ANSWERS, json.dumps(data, ensure_ascii=False, indent=1).encode())
