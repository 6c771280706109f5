"""The centre's commands about the national figures that reports compare with: `figures add`, `correct`, `remove`,
`list`.
"""

import argparse
from collections.abc import Callable
from datetime import date

from central_server import national_figures
from central_server.centre import Centre
from central_server.errors import BadSettings
from central_server.national_figures import read_days, read_since, read_source
from central_server.store.shapes import Person
from central_server.terminal import print_line, who
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.national import Measure, NationalFigure, figure_body

Command = Callable[[Centre, argparse.Namespace], None]


def add_to(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Adds the commands below `add(name, help)`."""
    about = "national means of working days that every desk's reports compare with"
    actions = add("figures", about).add_subparsers(required=True, metavar="ACTION")

    def action(name: str, command: Command, help_: str, *, names_one: bool = True) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command, opens=None)
        if names_one:
            added.add_argument("--measure", required=True, choices=tuple(Measure))
            added.add_argument("--since", required=True, metavar="YYYY-MM-DD", help="the day from which it counts")
        return added

    adding = action("add", _add, "enter a figure, which counts from its day on until a later one")
    adding.add_argument("--days", required=True, help="working days from the day of receipt, as 9.4")
    adding.add_argument("--source", required=True, help="where it is published; printed below every report")
    correcting = action("correct", _correct, "put the days or the source of a figure right")
    correcting.add_argument("--days")
    correcting.add_argument("--source")
    action("remove", _remove, "take a figure back; what was entered stays in the history")
    action("list", _list, "print the figures that count, one JSON object a line", names_one=False)


def _add(centre: Centre, parsed: argparse.Namespace) -> None:
    figure = NationalFigure(
        effective_from=_since(centre, parsed),
        measure=Measure(parsed.measure),
        working_days=read_days(parsed.days),
        source=read_source(parsed.source),
    )
    national_figures.add(centre.store, figure, _person(centre))
    print_line(figure_body(figure))


def _correct(centre: Centre, parsed: argparse.Namespace) -> None:
    if parsed.days is None and parsed.source is None:
        raise BadSettings("Sebut yang dibetulkan: --days, --source, atau keduanya.")
    days = None if parsed.days is None else read_days(parsed.days)
    source = None if parsed.source is None else read_source(parsed.source)
    named = (Measure(parsed.measure), _since(centre, parsed))
    print_line(figure_body(national_figures.correct(centre.store, named, days, source, _person(centre))))


def _remove(centre: Centre, parsed: argparse.Namespace) -> None:
    measure, since = Measure(parsed.measure), _since(centre, parsed)
    national_figures.remove(centre.store, (measure, since), _person(centre))
    print_line({"measure": measure, "effective_from": since.isoformat(), "removed": True})


def _list(centre: Centre, _parsed: argparse.Namespace) -> None:
    for body, person in national_figures.standing(centre.store):
        print_line({**body, "entered_by": person.name, "entered_at": person.at})


def _since(centre: Centre, parsed: argparse.Namespace) -> date:
    return read_since(parsed.since, local_date(centre.clock()))


def _person(centre: Centre) -> Person:
    return Person(who(), centre.now())
