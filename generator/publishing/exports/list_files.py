"""All standards of the list as one file: JSON, lines of JSON, CSV."""

from __future__ import annotations

import csv
import io
import json

from generator.catalogue.columns import ALL_FIELDS, BATCH, FIRST, STANDARD, WHO_ASSIGNED_ALL
from generator.catalogue.records import UNKNOWN_BATCH, several
from generator.publishing.exports.json_objects import as_of_object, nested, standard_object
from generator.publishing.exports.json_text import one_line
from generator.publishing.exports.published_list import PublishedList

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula may begin with."""

_json = json.JSONEncoder(ensure_ascii=False).encode


def standards_json(published: PublishedList) -> str:
    """The list as JSON: as of when, two counts, the standards, one a line.

    The counts are of the standards announced so far, of those recorded.
    """
    catalogue = published.catalogue
    head = {
        **as_of_object(catalogue),
        "announced": catalogue.batches[-1].standards_total,
        "recorded": len(catalogue.standards),
    }
    standards = ",\n".join([_json(nested(facts)) for facts in published.facts.values()])
    return f'{_json(head)[:-1]}, "standards": [\n{standards}\n]}}\n'


def standards_ndjson(published: PublishedList) -> str:
    """The list as lines, each the JSON of a standard with its addresses."""
    return "".join([f"{one_line(standard_object(one, published))}\n" for one in published.catalogue.standards])


def standards_csv(published: PublishedList) -> str:
    """The list as CSV in the columns of the records, with batch and all fields.

    Importing it changes nothing.
    """
    file = io.StringIO()
    # Excel takes a file for UTF-8 by its mark only.
    file.write("\ufeff")
    columns = [column.name for column in STANDARD]
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow((*columns, ALL_FIELDS, WHO_ASSIGNED_ALL))
    for facts in published.facts.values():
        all_values = [facts.get(column, "") for column in FIRST]
        firsts = {column: several(facts[column])[0] for column in FIRST if column in facts}
        row = {BATCH: UNKNOWN_BATCH} | facts | firsts
        rows.writerow([_as_text(text) for text in (*(row.get(column, "") for column in columns), *all_values)])
    return file.getvalue()


def _as_text(text: str) -> str:
    """The text, with Excel's mark of a text where it looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
