"""A Report as a final document: one outline, three writers."""
