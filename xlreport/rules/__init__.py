"""The rules: one file each, an identity for the linear relations, the registry and the rules' pages."""

from xlreport.rules.registry import RULES, judge
from xlreport.rules.rule import Example, Rule

__all__ = ["RULES", "Example", "Rule", "judge"]
