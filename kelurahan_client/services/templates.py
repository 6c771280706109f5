"""Filling the HTML of documents: what a citizen or a clerk wrote is text in it and never markup."""

from collections.abc import Sequence
from html import escape
from string import Template

import resources


class Html(str):
    """Markup that the program wrote. Every other text is escaped before it stands in a document."""

    __slots__ = ()


def fill(name: str, **values: str) -> Html:
    """The template `name` of resources/templates with its `$words` replaced; each must be given a value."""
    template = Template(resources.path("templates", name).read_text("utf-8"))
    return Html(template.substitute({word: markup(value) for word, value in values.items()}))


def markup(text: str) -> Html:
    """A text as markup, its lines kept; markup stays what it is."""
    return text if isinstance(text, Html) else Html(escape(text).replace("\n", "<br>"))


def join(parts: Sequence[Html]) -> Html:
    """Pieces of markup behind each other."""
    return Html("\n".join(parts))
