"""Reading a workbook, patching it, filling it."""
