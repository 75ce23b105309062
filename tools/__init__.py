"""What the project makes for itself: pictures, fonts, rule pages."""
