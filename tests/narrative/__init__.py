"""Text from figures and facts."""
