"""The rows of the records, which have no problems → the published list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar, cast

from generator.catalogue.columns import (
    REGIONS,
    CaseKind,
    EventKind,
    Region,
    Role,
    Route,
    Seat,
    SourceKind,
    Status,
    Topic,
)
from generator.catalogue.languages import ALIAS_LANGUAGES, LANGUAGES, Standing, Text, Trilingual, Wording
from generator.catalogue.model import (
    Adoption,
    Batch,
    Case,
    CaseBody,
    CaseResult,
    Catalogue,
    Correction,
    Derivation,
    Event,
    Field,
    FieldPlace,
    Lookup,
    Organisation,
    Regions,
    Source,
    Standard,
    Statement,
)
from generator.catalogue.records import Records, Row, of_each
from generator.catalogue.version import digest_of

_R = TypeVar("_R", Batch, Field, Organisation, Standard)


def catalogue(records: Records) -> Catalogue:
    """The model of `records`, which `check.problems` has found to be without problems."""
    assembly = _Assembly(records)
    return Catalogue(
        list(assembly.sources.values()),
        list(assembly.batches.values()),
        list(assembly.fields.values()),
        list(assembly.organisations.values()),
        list(assembly.standards.values()),
        assembly.corrections(),
        assembly.cases(),
        assembly.events(),
        assembly.adoption(),
        assembly.lookup(),
        digest_of(records),
    )


class _Assembly:
    """The records so far, by their addresses."""

    def __init__(self, records: Records) -> None:
        self._tables = tables = records.tables
        self.sources = {row.address: _source(row) for row in tables["sources"]}
        self.batches = {row.address: self._batch(row) for row in tables["batches"]}
        self._batches_by_address = _answering(self.batches)
        self.fields = {row.address: self._field(row) for row in tables["fields"]}
        self._fields_by_address = _answering(self.fields)
        self.organisations = {row.address: self._organisation(row) for row in tables["organisations"]}
        self._organisations_by_address = _answering(self.organisations)
        position = {address: n for n, address in enumerate(self.batches)}
        rows = sorted(tables["standards"], key=lambda row: position.get(records.batch_of[row.file], len(position)))
        self.standards = {row.address: self._standard(row, records.batch_of[row.file]) for row in rows}
        self._standards_by_address = _answering(self.standards)
        for row in rows:
            standard = self.standards[row.address]
            for former in row.many("supersedes"):
                standard.supersedes.append(self.standards[former])
                self.standards[former].superseded_by.append(standard)
        for row in tables["statements"]:
            statement = self._statement(row)
            statement.batch.statements.append(statement)

    # --- the list ---

    def _batch(self, row: Row) -> Batch:
        return Batch(
            address=row.address,
            record=_record(row),
            former_addresses=row.many("former_addresses"),
            name=_texts(row, "name"),
            earliest=_day(row, "announced_on") or _required_day(row, "announced_earliest"),
            latest=_day(row, "announced_on") or _required_day(row, "announced_latest"),
            place=_wording(row, "place"),
            announcement=row["announcement:zh-Hans"],
            announcement_url=row["announcement_url"],
            standards_added=int(row["standards"]),
            standards_total=int(row["standards_total"]),
            fields_added=_count(row["fields"]),
            fields_total=_count(row["fields_total"]),
            led_by_hong_kong_or_macao=_count(row["led_by_hong_kong_or_macao"]),
            taking_part=_by_region(row, "taking_part"),
            taking_part_total=_by_region(row, "taking_part_total"),
            pledged=_by_region(row, "pledged"),
            declared_total=_count(row["declared_total"]),
            derived=frozenset(row.many("derived")),
            note=_wording(row, "note"),
            sources=self._sources(row),
            recorded_on=_required_day(row, "recorded_on"),
        )

    def _field(self, row: Row) -> Field:
        field = Field(
            address=row.address,
            record=_record(row),
            former_addresses=row.many("former_addresses"),
            name=_texts(row, "name"),
            also_called=_also_called(row),
            about=_required_wording(row, "about"),
            opened_by=self._batches_by_address.get(row["opened_by"]),
            named_by=_wording(row, "named_by"),
            sources=self._sources(row),
            recorded_on=_required_day(row, "recorded_on"),
        )
        if field.opened_by:
            field.opened_by.fields.append(field)
        return field

    def _organisation(self, row: Row) -> Organisation:
        led_in = tuple(self._batches_by_address[address] for address in row.many("led_in"))
        took_part_in = tuple(self._batches_by_address[address] for address in row.many("took_part_in"))
        organisation = Organisation(
            address=row.address,
            record=_record(row),
            former_addresses=row.many("former_addresses"),
            name=_texts(row, "name"),
            also_called=_also_called(row),
            region=cast("Seat", row["region"]),
            role=cast("Role", row["role"]),
            part=_required_wording(row, "part"),
            website=row["website"],
            led_in=led_in,
            took_part_in=took_part_in,
            sources=self._sources(row),
            recorded_on=_required_day(row, "recorded_on"),
        )
        for batch in dict.fromkeys(led_in + took_part_in):
            batch.organisations.append(organisation)
        return organisation

    def _standard(self, row: Row, batch_address: str) -> Standard:
        batch, derivation = self.batches.get(batch_address), self._derivation(row)
        first = batch or next(iter(self.batches.values()))
        stated = batch.announced_on if batch and not derivation else None
        standard = Standard(
            address=row.address,
            record=_record(row),
            former_addresses=row.many("former_addresses"),
            list_identifier=row["list_identifier"],
            designation=row["designation"],
            title=_texts(row, "title"),
            also_called=_also_called(row),
            publisher=self._organisations_by_address.get(row["publisher"]),
            led_by=tuple(self._organisations_by_address[address] for address in row.many("led_by")),
            fields=tuple(self._places(row)),
            batch=batch,
            derivation=derivation,
            earliest=_day(row, "announced_on") or first.earliest,
            announced_on=_day(row, "announced_on") or stated,
            issued_on=_day(row, "issued_on"),
            implemented_on=_day(row, "implemented_on"),
            withdrawn_on=_day(row, "withdrawn_on"),
            status=cast("Status", row["status"]),
            route=cast("Route", row["route"]),
            text_url=row["text_url"],
            sources=self._sources(row),
            rows=dict(one.split("#", 1) for one in row.many("sources") if "#" in one),
            stated_by=self._stated_by(row),
            note=_wording(row, "note"),
            recorded_on=_required_day(row, "recorded_on"),
        )
        if batch:
            batch.standards.append(standard)
        for place in standard.fields:
            place.field.standards.append(standard)
        if standard.publisher:
            standard.publisher.published.append(standard)
        for organisation in standard.led_by:
            organisation.led.append(standard)
        return standard

    def _places(self, row: Row) -> Iterator[FieldPlace]:
        fields = row.many("field")
        for address, assigner in zip(fields, of_each(row.many("field_assigned_by"), len(fields)), strict=True):
            yield FieldPlace(self._fields_by_address[address], assigner == "catalogue")

    def _stated_by(self, row: Row) -> dict[str, tuple[Source, ...]]:
        stated: dict[str, tuple[Source, ...]] = {}
        for one in row.many("stated_by"):
            fact, _, source = one.partition("=")
            stated[fact] = (*stated.get(fact, ()), self.sources[source])
        return stated

    def _derivation(self, row: Row) -> Derivation | None:
        sources = tuple(self.sources[address] for address in row.many("batch_derived_from"))
        return Derivation(_required_wording(row, "batch_reason"), sources) if sources else None

    def corrections(self) -> list[Correction]:
        """Every change of a published standard, added to its standard and its batch."""
        return [self._correction(row) for row in self._tables["changes"]]

    def _correction(self, row: Row) -> Correction:
        correction = Correction(
            made_on=_required_day(row, "made_on"),
            standard=self._standards_by_address[row["standard"]],
            attribute=row["attribute"],
            before=row["from"],
            after=row["to"],
            batch=self._batches_by_address.get(row["batch"]),
            source=self.sources.get(row["source"]),
        )
        correction.standard.corrections.append(correction)
        if correction.batch:
            correction.batch.corrections.append(correction)
        return correction

    # --- the use of the list, and what happened around it ---

    def cases(self) -> list[Case]:
        """Every case, added to the records that it concerns."""
        return [self._case(row) for row in self._tables["cases"]]

    def _case(self, row: Row) -> Case:
        bodies = [self._body(one) for one in self._tables["bodies"] if one.address == row.address]
        results = [
            CaseResult(_required_wording(one, "figure"), _required_wording(one, "counts"), self.sources[one["source"]])
            for one in self._tables["results"]
            if one.address == row.address
        ]
        earliest, latest = _days(row, "happened")
        case = Case(
            address=row.address,
            record=_record(row),
            title=_texts(row, "title"),
            kind=cast("CaseKind", row["kind"]),
            standards=self._standards(row),
            fields=self._fields(row),
            regions=cast("tuple[Region, ...]", row.many("regions")),
            place=_wording(row, "place"),
            earliest=earliest,
            latest=latest,
            described=_required_wording(row, "described"),
            bodies=bodies,
            results=results,
            note=_wording(row, "note"),
            sources=self._sources(row),
            recorded_on=_required_day(row, "recorded_on"),
        )
        organisations = [body.organisation for body in bodies if body.organisation]
        for record in (*case.standards, *case.fields, *organisations):
            record.cases.append(case)
        return case

    def _body(self, row: Row) -> CaseBody:
        organisation = self._organisations_by_address.get(row["organisation"])
        name = organisation.name if organisation else _texts(row, "name")
        return CaseBody(organisation, name, _required_wording(row, "part"))

    def events(self) -> list[Event]:
        """Every event, the oldest first, added to the records that it concerns."""
        rows = [self._event(row) for row in self._tables["events"]]
        events = sorted(rows, key=lambda event: event.earliest or event.latest or date.max)
        for event in events:
            for record in (*event.standards, *event.fields, *event.organisations, *filter(None, (event.batch,))):
                record.events.append(event)
        return events

    def _event(self, row: Row) -> Event:
        earliest, latest = _days(row, "held")
        return Event(
            address=row.address,
            record=_record(row),
            kind=cast("EventKind", row["kind"]),
            title=_required_wording(row, "title"),
            earliest=earliest,
            latest=latest,
            place=_wording(row, "place"),
            organiser=_wording(row, "organiser"),
            organisations=tuple(self._organisations_by_address[address] for address in row.many("organisations")),
            batch=self._batches_by_address.get(row["batch"]),
            standards=self._standards(row),
            fields=self._fields(row),
            what=_wording(row, "what"),
            note=_wording(row, "note"),
            sources=self._sources(row),
        )

    def _statement(self, row: Row) -> Statement:
        batch, topic = self._batches_by_address[row["batch"]], cast("Topic", row["topic"])
        return Statement(row.address, batch, topic, _required_wording(row, "text"), self._sources(row))

    def adoption(self) -> list[Adoption]:
        """Every figure of use, the oldest first, added to its batch."""
        figures = sorted(map(self._adoption, self._tables["adoption"]), key=lambda one: one.said_on)
        for figure in figures:
            if figure.batch:
                figure.batch.adoption.append(figure)
        return figures

    def _adoption(self, row: Row) -> Adoption:
        return Adoption(
            address=row.address,
            said_on=_required_day(row, "said_on"),
            batch=self._batches_by_address.get(row["batch"]),
            regions=cast("tuple[Region, ...]", row.many("regions")),
            figure=_required_wording(row, "figure"),
            counts=_required_wording(row, "counts"),
            scope=_wording(row, "scope"),
            note=_wording(row, "note"),
            sources=self._sources(row),
        )

    def lookup(self) -> Lookup | None:
        """The last time that the sources were looked at."""
        rows = self._tables["lookups"]
        return Lookup(date.fromisoformat(rows[-1].address), _required_wording(rows[-1], "what")) if rows else None

    # --- references ---

    def _sources(self, row: Row) -> tuple[Source, ...]:
        return tuple(self.sources[one.partition("#")[0]] for one in row.many("sources"))

    def _standards(self, row: Row) -> tuple[Standard, ...]:
        return tuple(self._standards_by_address[address] for address in row.many("standards"))

    def _fields(self, row: Row) -> tuple[Field, ...]:
        return tuple(self._fields_by_address[address] for address in row.many("fields"))


def _source(row: Row) -> Source:
    return Source(
        address=row.address,
        name=_texts(row, "name"),
        kind=cast("SourceKind", row["kind"]),
        said_on=_day(row, "said_on"),
        url=row["url"],
        is_own_host=row["host"] == "own",
        file=row["file"],
        sha256=row["sha256"],
        read_on=_day(row, "read_on"),
        languages=row.many("languages"),
        note=_wording(row, "note"),
    )


def _answering(records: dict[str, _R]) -> dict[str, _R]:
    """`records` by their present and former addresses."""
    return {former: one for one in records.values() for former in one.former_addresses} | records


def _record(row: Row) -> str:
    return f"{row.file}:{row.line}"


def _texts(row: Row, name: str) -> Trilingual:
    texts = {
        language: Text(
            row[f"{name}:{language}"],
            language,
            cast("Standing", row[f"standing:{language}"]),
            row[f"reviewed:{language}"],
        )
        for language in LANGUAGES
    }
    # Only a title may lack a language, and never Simplified Chinese.
    return {language: text if text.words else texts["zh-Hans"] for language, text in texts.items()}


def _wording(row: Row, name: str) -> Wording | None:
    words = _required_wording(row, name)
    return words if all(words.values()) else None


def _required_wording(row: Row, name: str) -> Wording:
    return {language: row[f"{name}:{language}"] for language in LANGUAGES}


def _also_called(row: Row) -> dict[str, tuple[str, ...]]:
    return {language: row.many(f"also_called:{language}") for language in ALIAS_LANGUAGES}


def _by_region(row: Row, name: str) -> Regions:
    return {region: int(row[f"{name}:{region}"]) for region in REGIONS if row[f"{name}:{region}"]}


def _days(row: Row, name: str) -> tuple[date | None, date | None]:
    """The days on or between which something was."""
    on = _day(row, f"{name}_on")
    return on or _day(row, f"{name}_earliest"), on or _day(row, f"{name}_latest")


def _day(row: Row, column: str) -> date | None:
    return date.fromisoformat(row[column]) if row[column] else None


def _required_day(row: Row, column: str) -> date:
    return date.fromisoformat(row[column])


def _count(text: str) -> int | None:
    return int(text) if text else None
