"""The one Jinja set-up of the house: our own templates by `environment`, a stranger's by `render`.

Both are sandboxed, and an undefined name is an error. A stranger's template may besides only print, choose and loop
over the values it is given: no calls, no assignment, no products. So it can reach nothing and ends soon.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xlreport.errors import InputError, UnsafeError

_PACKAGE = Path(__file__).parents[1]
_FILTERS = {"abs", "default", "e", "escape", "first", "last", "length", "lower", "trim", "upper"}
_LOOP = {"index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"}
_SYNTAX = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem),
    *(nodes.If, nodes.For, nodes.Filter, nodes.Test, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Compare, nodes.Operand, nodes.Add, nodes.Sub, nodes.Neg),
)


def environment(*folders: Path, escape: bool) -> ImmutableSandboxedEnvironment:
    """The environment of our own templates in `folders`, which must lie in the package; the first that has one counts.

    `escape` is True for XML and HTML, False for plain text. A statement alone on its line leaves no trace of the line.
    """
    for folder in folders:
        if not folder.resolve().is_relative_to(_PACKAGE):
            raise ValueError(folder)
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


MOST_OUTPUT = 1_000_000
"""Characters."""


@dataclass(slots=True)
class Budget:
    """What a stranger's templates may use: characters of each one; together characters written, steps and seconds.

    The seconds are the thread's own: a busy machine makes no template endless.
    """

    source: int = 65_536
    output: int = MOST_OUTPUT
    steps: int = 100_000
    seconds: float = 2.0
    started: float = 0.0

    def step(self) -> None:
        """Spend one step. Raises UnsafeError."""
        self.steps -= 1
        if self.steps < 0 or time.thread_time() - self.started > self.seconds:
            raise UnsafeError("template.endless")

    def write(self, characters: int) -> None:
        """Spend characters written. Raises UnsafeError."""
        self.output -= characters
        if self.output < 0:
            raise UnsafeError("template.output", limit=MOST_OUTPUT)

    def each(self, items: Iterable[object]) -> Iterator[object]:
        """The items, a step for each."""
        for item in items:
            self.step()
            yield item


class _Strangers(ImmutableSandboxedEnvironment):
    """A dot reaches the keys of a mapping and the plain facts of `loop`; `+` and `-` are for numbers only."""

    intercepted_binops = frozenset({"+", "-"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not all(isinstance(side, int | float | Decimal | Undefined) for side in (left, right)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def render(source: str, values: Mapping[str, object], *, escape: bool, budget: Budget | None = None) -> str:
    """A stranger's template, filled with plain `values` (text, numbers, lists and mappings of them).

    Raises UnsafeError for syntax that is not allowed or a template that does not end, InputError for a mistake in it.
    """
    budget = budget or Budget()
    budget.started = budget.started or time.thread_time()
    if len(source) > budget.source:
        raise UnsafeError("template.long", limit=budget.source)
    env = _Strangers(autoescape=escape, undefined=StrictUndefined)
    env.globals.clear()
    env.filters["each"] = budget.each  # not among _FILTERS: only `_checked` can put it in
    try:
        tree = _checked(env.parse(source))
        template = Template.from_code(env, env.compile(tree), {})
        return "".join(_measured(template.generate(dict(values)), budget))
    except TemplateSyntaxError as error:
        raise InputError("template.syntax", line=error.lineno) from error
    except SecurityError as error:
        raise UnsafeError("template.refused", line=_line(error), what=error) from error
    except UndefinedError as error:
        if names := sorted(find_undeclared_variables(tree) - values.keys()):
            raise InputError("template.unknown", line=_line(error), names=tuple(names)) from error
        raise InputError("template.failed", line=_line(error), reason=error) from error
    except (TemplateError, ArithmeticError, LookupError, RecursionError, SyntaxError, TypeError, ValueError) as error:
        raise InputError("template.failed", line=_line(error), reason=error) from error


def _checked(tree: nodes.Template) -> nodes.Template:
    """The tree, its loops counted. Raises UnsafeError for anything but `_SYNTAX` and `_FILTERS`."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.List | nodes.Tuple) and all(isinstance(item, nodes.Const) for item in node.items):
            continue  # as in `kind in ["部门", "汇总"]`
        strange = isinstance(node, nodes.Filter) and node.name not in _FILTERS
        inside = isinstance(node, nodes.Name) and node.name == "self"  # the template itself
        if not isinstance(node, _SYNTAX) or strange or inside:
            what = getattr(node, "name", type(node).__name__)
            raise UnsafeError("template.refused", line=node.lineno or 1, what=what)
    for loop in list(tree.find_all(nodes.For)):
        loop.iter = nodes.Filter(
            loop.iter, "each", [], [], None, None, lineno=loop.lineno, environment=tree.environment
        )
    return tree


def _measured(pieces: Iterable[str], budget: Budget) -> Iterator[str]:
    for piece in pieces:
        budget.step()
        budget.write(len(piece))
        yield piece


def _line(error: BaseException) -> int:
    """The template's line that raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == "<template>"), 1)
