"""The hardened Jinja."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

import xlreport
from tests.conftest import HANGING
from xlreport.errors import InputError, UnsafeError
from xlreport.safe.jinja import Budget, environment, render

HERE = Path(xlreport.__file__).parent

ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ text.__class__ }}",
    "{{ text.format }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ self }}",
    "{% for x in self %}{% endfor %}",
    "{{ self._TemplateReference__context }}",
    "{{ ''|attr('__class__') }}",
    "{{ [''] | map(attribute='__class__') | list }}",
    "{{ '{0.__class__}'.format(text) }}",
    "{{ rows.append(1) }}",
    "{{ loop.__class__ }}",
    "{% for x in rows %}{{ loop.cycle.__func__.__globals__ }}{% endfor %}",
    "{% for x in rows %}{{ loop.__class__ }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
]

RUNAWAYS = [
    "{% for a in rows %}" * 4 + "{% endfor %}" * 4,
    "{% for a in range(10**9) %}{% endfor %}",
    "{{ 'a' * 10**10 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ text ~ text }}",
    "{{ text + text }}",
    "{{ text|center(10000000000) }}",
    "{{ lipsum(n=1000000000) }}",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "{% set a = [text, text] %}{% set a = [a, a] %}{{ a }}",
    "{{ [text, text] }}",
    "{% for a in rows %}{% for b in rows %}{{ text }}{% endfor %}{% endfor %}",
]


@pytest.fixture(scope="module")
def values():
    return {
        "text": "文" * 5000,
        "rows": list(range(200)),
        "number": Decimal("2.5"),
        "agency": {"name": "甲局", "years": [1, 2]},
    }


@pytest.mark.parametrize("source", ESCAPES)
def test_escapes(source, values):
    """No way out of the sandbox that is known to us opens, and each ends in our own error."""
    with pytest.raises(InputError):
        render(source, values, escape=True)


@pytest.mark.parametrize("source", RUNAWAYS)
def test_runaways(source, values):
    """A template that would not end, or would fill the memory, is stopped at once by our own error."""
    started = time.monotonic()
    with pytest.raises(UnsafeError):
        render(source, values, escape=True)
    assert time.monotonic() - started < HANGING


def test_time(values):
    """A template that is out of time is stopped even where it has steps left."""
    with pytest.raises(UnsafeError, match="循环太多"):
        render("{% for a in rows %}{% endfor %}", values, escape=False, budget=Budget(seconds=-1))


def test_long_source(values):
    """A template longer than the limit is not even parsed."""
    with pytest.raises(UnsafeError, match="太长"):
        render("a" * 70_000, values, escape=False)


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("甲\n{{ missing }}", 2, "missing"),
        ("{{ number + agency.nothing }}", 1, "nothing"),
        ("{{ number - none }}", 1, ""),
    ],
)
def test_mistakes(source, line, word, values):
    """An undefined name or a sum of words is an error that names the line."""
    with pytest.raises(InputError, match=f"第 {line} 行.*{word}"):
        render(source, values, escape=False)


@pytest.mark.parametrize(
    "source", ["{{", "{% if %}", "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "9" * 6000 + " }}"]
)
def test_syntax(source, values):
    """What is no template is our own error, however deep it nests."""
    with pytest.raises(InputError):
        render(source, values, escape=False)


def test_what_is_allowed(values):
    """Printing, choosing, looping over given values, sums of numbers and a few filters work."""
    source = (
        "{% if agency.name in ['甲局', '乙局'] %}{{ agency.name }}{% endif %}"
        "{% for y in agency['years'] %}{{ loop.index }}/{{ loop.length }}:{{ y + 1 }}"
        "{{ '；' if not loop.last }}{% endfor %}"
        "{{ number - 1 }}{{ gone|default('无') }}"
    )
    assert render(source, values, escape=False) == "甲局1/2:2；2/2:31.5无"


def test_escaping():
    """What is printed into XML or HTML is escaped; plain text is not touched."""
    assert render("{{ a }}", {"a": "1 < 2 & '\""}, escape=True) == "1 &lt; 2 &amp; &#39;&#34;"
    assert render("{{ a }}", {"a": "1 < 2"}, escape=False) == "1 < 2"


def test_own_environment():
    """Our own templates are sandboxed and strict too, and escape when told to."""
    env = environment(HERE / "document", escape=True)
    assert env.from_string("{{ a }}").render(a="<&>") == "&lt;&amp;&gt;"
    assert environment(HERE, escape=False).from_string("{{ a }}").render(a="<&>") == "<&>"
    with pytest.raises(UndefinedError):
        env.from_string("{{ missing }}").render()
    with pytest.raises(SecurityError):
        env.from_string("{{ ''.__class__.__mro__ }}").render()


def test_own_folder_only(tmp_path):
    """Templates of our own are looked for in the package and nowhere else."""
    with pytest.raises(ValueError, match=str(tmp_path.name)):
        environment(tmp_path, escape=True)
