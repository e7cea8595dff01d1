"""The tables, as migrations: each runs once, in order, in a transaction of its own.

Every table of working data carries `revision`, counted up at each change. Dates are ISO text; codes are those of
`generator/facts/choices.toml` and of the rulebook. Structured values (ratings, sections, inputs of papers) are JSON.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from archive.records.afterwards_tables import AFTERWARDS, AFTERWARDS_KEPT
from archive.records.candidate_tables import CANDIDATES
from archive.records.disposal_tables import DISPOSAL
from archive.records.fixity_tables import CHECKS
from archive.records.intake_tables import INTAKE
from archive.records.number_tables import NUMBERS
from archive.records.search_tables import PEOPLE, SEARCH
from archive.records.tables import FILING, REGISTER, RULINGS, STEPS, VIEWS, YEAR
from archive.records.template_tables import TEMPLATES
from archive.records.unit_rulings import UNIT_RULINGS
from archive.records.vote_tables import VOTES

migrations = Migrations("hoso")


def _run(database: Database, script: str) -> None:
    # executescript would commit the migration's own transaction, so the statements go one by one.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            database.conn.execute(statement)
            statement = ""


@migrations()
def register_of_people_and_units(database: Database) -> None:
    """Persons, units with their periods, memberships, positions, collectives."""
    _run(database, REGISTER)


@migrations()
def facts_of_the_year(database: Database) -> None:
    """Campaigns, evaluations, assessments, meetings, ballots, decisions, shortcomings, past results."""
    _run(database, YEAR)


@migrations()
def documents_dossiers_and_events(database: Database) -> None:
    """Documents, dossiers, filings, findings, events, accounts, and the views that searching reads."""
    _run(database, FILING + VIEWS)


@migrations()
def rulings_of_the_office(database: Database) -> None:
    """Waivers, readings chosen, answers to questions, the office's own days off, local sub-criteria."""
    _run(database, RULINGS)


@migrations()
def steps_of_the_procedure(database: Database) -> None:
    """The steps each evaluation has gone through, in an order that cannot be broken."""
    _run(database, STEPS)


@migrations()
def templates_of_the_office(database: Database) -> None:
    """Which Word templates the office and its units use in place of the shipped ones, every version kept."""
    _run(database, TEMPLATES)


@migrations()
def complaints_annulments_and_opinions(database: Database) -> None:
    """What happens to a result after it was decided: complaints, annulments, reserved opinions, corrections."""
    _run(database, AFTERWARDS + AFTERWARDS_KEPT)


@migrations()
def rulings_on_units_and_frozen_readings(database: Database) -> None:
    """Waivers, answers and findings of a unit's own dossier; the readings a campaign's first decision was under."""
    _run(database, UNIT_RULINGS)


@migrations()
def checks_of_the_store(database: Database) -> None:
    """Runs of the check, the newest event kept twice, what the register filed last, and who is found by whom."""
    _run(database, CHECKS)


@migrations()
def votes_by_option(database: Database) -> None:
    """The votes of a tally by what its sheet offers, so that a guidance may have levels of its own."""
    _run(database, VOTES)


@migrations()
def numbers_of_papers(database: Database) -> None:
    """Where the register of outgoing papers stands in each unit, and the numbers given to papers."""
    _run(database, NUMBERS)


@migrations()
def papers_taken_in(database: Database) -> None:
    """How each paper came in, what a machine read in scans, and what waits for a person's decision."""
    _run(database, INTAKE)


@migrations()
def retention_and_disposal(database: Database) -> None:
    """How long dossiers are kept, holds, lists of what is disposed of with their approvals, and the tombstones."""
    _run(database, DISPOSAL)


@migrations()
def changes_of_dossiers(database: Database) -> None:
    """Which dossiers changed, for searching to follow; an index of those not filed yet."""
    _run(database, SEARCH)


@migrations()
def results_of_people_over_the_years(database: Database) -> None:
    """What lists for planning and appointments read: results of people with their guidance, and units through time."""
    _run(database, CANDIDATES)


@migrations()
def people_of_dossiers(database: Database) -> None:
    """The reference and date of birth of the person a dossier is about, for searching."""
    _run(database, PEOPLE)
