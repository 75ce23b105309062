"""Excel: the macro project and the files that carry it, where they are installed, and what xlwings' API lacks."""
