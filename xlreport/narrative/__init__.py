"""Text: drafted from figures and facts (`draft`), and figures read out of it (`reading`)."""
