"""Without a browser."""
