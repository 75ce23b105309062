"""What the project makes for itself, not part of the wheel: pictures, fonts, rule pages."""
