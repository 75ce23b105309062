"""Verdicts as people read them: text in a terminal, a page to send back, a list to work through."""
