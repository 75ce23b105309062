"""The forms: their figures, totals, relations and names, against the interface's own enumeration."""

from __future__ import annotations

from itertools import product

import pytest

from xlreport.form import FORMS, Form, load_form

APPLICANTS = [
    *("natural_person", "enterprise", "research_institution", "public_interest_organization"),
    *("legal_service_agency", "other", "total"),
]
RESULTS = [
    "granted",
    "partly_granted",
    *("refused.state_secret", "refused.prohibited_by_law", "refused.security_and_stability"),
    *("refused.third_party_rights", "refused.internal_affairs", "refused.process_information"),
    *("refused.enforcement_files", "refused.administrative_inquiry"),
    *("unavailable.not_held", "unavailable.requires_creation", "unavailable.unclear_after_correction"),
    *("unprocessed.petition", "unprocessed.repeated", "unprocessed.publication", "unprocessed.excessive"),
    "unprocessed.confirmation",
]
OTHER = {"2021": ["other.correction_overdue", "other.fee_overdue", "other.other"], "2019": ["other"]}
DISPUTES = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
T2 = {
    "2021": [
        *(f"{row}.{c}" for row in ("rules", "normative_documents") for c in ("issued", "repealed", "in_force")),
        *("licensing.decisions", "penalty.decisions", "compulsion.decisions", "fees.amount"),
    ],
    "2019": [
        *(f"{row}.{c}" for row in ("rules", "normative_documents") for c in ("made", "published", "total_published")),
        *(
            f"{row}.{c}"
            for row in ("licensing", "other_services", "penalty", "compulsion")
            for c in ("previous_items", "change", "decisions")
        ),
        *("fees.previous_items", "fees.change", "procurement.items", "procurement.amount"),
    ],
}
SIZES = {"2021": 200, "2019": 198}


def rows(form: str) -> list[str]:
    return ["received", "carried_in", *RESULTS, *OTHER[form], "concluded", "carried_out"]


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


def test_ids(form: Form) -> None:
    """The figures of a form are those of the interface, in the order of print: 200 and 198."""
    wanted = [f"t2.{id_}" for id_ in T2[form.id]]
    wanted += [f"t3.{row}.{column}" for row, column in product(rows(form.id), APPLICANTS)]
    wanted += [f"t4.{row}.{column}" for row, column in product(DISPUTES, OUTCOMES)]
    assert list(form.figures) == wanted
    assert len(wanted) == SIZES[form.id]
    assert all(id_ == figure.id for id_, figure in form.figures.items())


def test_inputs_and_totals(form: Form) -> None:
    """Totals are the 总计 of tables 3 and 4 and （七）; all other figures are inputs."""
    wanted = {f"t3.{row}.total" for row in rows(form.id)} | {f"t4.{row}.total" for row in DISPUTES}
    wanted |= {f"t3.concluded.{column}" for column in APPLICANTS}
    assert set(form.totals) == wanted
    assert set(form.inputs) == set(form.figures) - wanted


def test_totals_are_ordered(form: Form) -> None:
    """A total comes after every total that it is made of, so that one pass computes all."""
    done = set(form.inputs)
    for cell, relation in form.totals.items():
        assert done.issuperset(relation.left)
        assert relation.right == (cell,)
        done.add(cell)


def test_relations(form: Form) -> None:
    """The relations of the interface: seven columns balance, seven add up, every row and every block adds up."""
    by_code: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for relation in form.relations:
        assert relation.key not in by_code.setdefault(relation.code, {})
        by_code[relation.code][relation.key] = (relation.left, relation.right)
    results = [*RESULTS, *OTHER[form.id]]
    assert by_code == {
        "T3-BAL": {
            c: ((f"t3.received.{c}", f"t3.carried_in.{c}"), (f"t3.concluded.{c}", f"t3.carried_out.{c}"))
            for c in APPLICANTS
        },
        "T3-SUM": {c: (tuple(f"t3.{row}.{c}" for row in results), (f"t3.concluded.{c}",)) for c in APPLICANTS},
        "T3-ROW": {
            row: (tuple(f"t3.{row}.{c}" for c in APPLICANTS[:-1]), (f"t3.{row}.total",)) for row in rows(form.id)
        },
        "T4-SUM": {row: (tuple(f"t4.{row}.{c}" for c in OUTCOMES[:-1]), (f"t4.{row}.total",)) for row in DISPUTES},
    }
    assert [r.code for r in form.relations if not r.total] == ["T3-BAL"] * 7


def test_kinds(form: Form) -> None:
    """Amounts and changes are named; all else is a count."""
    special = {cell: (figure.kind, figure.unit) for cell, figure in form.figures.items() if figure.kind != "count"}
    if form.id == "2021":
        assert special == {"t2.fees.amount": ("amount", "万元")}
    else:
        rows = ("licensing", "other_services", "penalty", "compulsion", "fees")
        changes = {f"t2.{row}.change": ("change", "项") for row in rows}
        assert special == {**changes, "t2.procurement.amount": ("amount", "元")}


def test_grid(form: Form) -> None:
    """Labels and figures cover every table's grid exactly once."""
    for table in form.tables:
        cells = [
            (row, column)
            for label in table.labels
            for row in range(label.row, label.row + label.rows)
            for column in range(label.column, label.column + label.columns)
        ]
        cells += [(f.row, c) for f in table.figures for c in range(f.column, f.column + f.columns)]
        assert sorted(cells) == list(product(range(1, table.height + 1), range(1, len(table.widths) + 1)))


def test_cells_and_names(form: Form) -> None:
    """No two figures share a cell or a defined name, and a defined name is the id with underscores."""
    assert len({figure.address for figure in form.figures.values()}) == len(form.figures)
    names = {figure.defined_name for figure in form.figures.values()}
    assert names == {cell.replace(".", "_") for cell in form.figures}
    assert len(names) == len(form.figures)


@pytest.mark.parametrize(
    ("form_id", "cell", "title"),
    [
        ("2021", "t3.received.natural_person", "表三“一、本年新收·自然人”"),
        ("2021", "t3.refused.state_secret.total", "表三“（三）不予公开·1.属于国家秘密·总计”"),
        ("2021", "t3.partly_granted.other", "表三“（二）部分公开·其他”"),
        ("2021", "t2.rules.in_force", "表二“规章·现行有效件数”"),
        ("2021", "t4.reconsideration.pending", "表四“行政复议·尚未审结”"),
        ("2019", "t3.other.enterprise", "表三“（六）其他处理·商业企业”"),
        ("2019", "t2.licensing.change", "表二“行政许可·本年增/减”"),
    ],
)
def test_title(form_id: str, cell: str, title: str) -> None:
    """A figure is called by the labels that head it."""
    assert load_form(form_id).figures[cell].title == title


def test_titles_differ(form: Form) -> None:
    """No two figures are called the same."""
    assert len({figure.title for figure in form.figures.values()}) == len(form.figures)


def test_sections(form: Form) -> None:
    """Six sections: words in 一, 五 and 六, a table in each of 二, 三 and 四; text keys of the interface."""
    assert [section.heading[0] for section in form.sections] == list("一二三四五六")
    assert [section.table for section in form.sections] == [None, "t2", "t3", "t4", None, None]
    assert [section.required for section in form.sections] == [True, False, False, False, True, True]
    aspects = ("lead", "proactive", "on_request", "management", "platform", "oversight", "more")
    assert form.text_keys == (
        "preamble",
        *(f"overview.{aspect}" for aspect in aspects),
        *("note.t2", "note.t3", "note.t4", "problems", "other_matters"),
    )


def test_carry(form: Form) -> None:
    """Last year's 四 is this year's 二, in each column."""
    assert form.carry == tuple((f"t3.carried_out.{c}", f"t3.carried_in.{c}") for c in APPLICANTS)
    assert set(form.last_year_figures) <= set(form.figures)
    assert set(form.last_year_text) <= set(form.text_keys)


def test_unknown_form() -> None:
    """A form that we do not know is a KeyError."""
    with pytest.raises(KeyError):
        load_form("2025")


def test_loaded_once(form: Form) -> None:
    """A form is read from its file once."""
    assert load_form(form.id) is form
