"""Published reports, read back: what a page, a Word file or a PDF carries inside, and what it shows."""
