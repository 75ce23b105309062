"""Text from figures and facts."""

from xlreport.narrative.draft import draft

__all__ = ["draft"]
