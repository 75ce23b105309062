"""The statutory forms, as data: `2021.toml`, `2019.toml`, what they share, and the types that load them."""

from xlreport.form.columns import column_name, column_number
from xlreport.form.load import FORMS, load_form
from xlreport.form.model import (
    CREDIBLE,
    FIRST_LINE,
    Fact,
    Figure,
    Form,
    Label,
    Limit,
    Office,
    Relation,
    Section,
    Table,
)

__all__ = [
    "CREDIBLE",
    "FIRST_LINE",
    "FORMS",
    "Fact",
    "Figure",
    "Form",
    "Label",
    "Limit",
    "Office",
    "Relation",
    "Section",
    "Table",
    "column_name",
    "column_number",
    "load_form",
]
