"""The whole plan of an import as data, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from generator.announcing.attachments.headings import NUMBER_AND_TITLE, ORDINAL, TITLE
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.plan import Plan
from generator.announcing.questions import Question


def plan_data(plan: Plan) -> dict[str, Any]:
    """The plan as JSON can say it.

    It says what became of each row and cell, what is wrong, asked or not read. Keys are those of `Plan` and of what
    it holds. `outcome` is what a row does: `new`, `changing` or `unchanged`, or '' where the plan did not come so far.
    """
    return {
        "batch": plan.batch,
        "counts": {"rows": plan.rows, "unchanged": plan.unchanged, "entries": len(plan.added)},
        "problems": [str(problem) for problem in plan.problems],
        "questions": [_question(question) for question in plan.questions],
        "remarks": [str(remark) for remark in plan.remarks],
        "unread": [asdict(one) | {"where": str(one.where), "why": str(one.why)} for one in plan.table.unread],
        "rows": [_row(plan, row) for row in plan.table.rows],
        "changes": [asdict(change) | _origin(plan, change.address, change.attribute) for change in plan.changes],
        "entries": [{"file": file, "address": address} for file, address in plan.added],
        "left": [asdict(problem) | {"sentence": str(problem.sentence)} for problem in plan.left],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "row": question.row,
        "sentence": str(question.sentence),
        "address": question.address,
        "answers": [
            {"kind": answer.kind, "row": answer.row, "option": answer.option, "meaning": str(answer.meaning)}
            for answer in question.answers
        ],
    }


def _row(plan: Plan, row: AnnouncedRow) -> dict[str, Any]:
    address = plan.addresses.get(row.label, "")
    signs = {change.sign for change in plan.changes if change.address == address} if address else set()
    outcome = "new" if "+" in signs else "changing" if signs else "unchanged" if address else ""
    return {
        "label": row.label,
        "number": row.number,
        "ordinal": row.ordinal,
        "sections": row.sections,
        "address": address,
        "outcome": outcome,
        "cells": list(_cells(row)),
    }


def _cells(row: AnnouncedRow) -> Iterator[dict[str, Any]]:
    """What became of each cell that says something."""
    for place, cell in enumerate(row.source):
        if not cell.text:
            continue
        column, reading, at = row.claim.columns.get(place, ""), row.readings.get(place), row.claim.places.get(place)
        recorded = str(row.ordinal) if column == ORDINAL and row.ordinal is not None else ""
        yield {
            "column": at.name if at else "",
            "heading": at.heading if at else "",
            "text": cell.text,
            "attribute": column,
            "recorded": {name: text for name, text in row.cells.items() if _is_of(name, column)} or recorded,
            "understood": str(at.reading) if at else "",
            "note": str((reading and reading.note) or ""),
            "question": str((reading and reading.question) or ""),
            "problem": str((reading and reading.problem) or ""),
        }


def _is_of(name: str, column: str) -> bool:
    """Whether a cell of `column` gives the value of that `name`: a title has a language, which its column has not."""
    return (
        name == column
        or (column in (TITLE, NUMBER_AND_TITLE) and name.startswith("title:"))
        or (column == NUMBER_AND_TITLE and name == "designation")
    )


def _origin(plan: Plan, address: str, column: str) -> dict[str, Any]:
    """Whether nobody announced a value, or from which words it was read."""
    return {"proposed": (address, column) in plan.proposed, "words": plan.words.get((address, column), "")}
