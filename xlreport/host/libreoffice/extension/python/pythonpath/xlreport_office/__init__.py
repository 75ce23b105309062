"""The extension's own modules. They run in LibreOffice's Python (3.7 or later): standard library and uno only."""
