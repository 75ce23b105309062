"""Reading figures out of prose, and tying each to the cells that it states."""

from xlreport.narrative.reading.stated import processing_fees, stated

__all__ = ["processing_fees", "stated"]
