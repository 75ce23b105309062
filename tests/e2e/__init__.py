"""End to end: a real window of LibreOffice, a real mouse, real keys."""
