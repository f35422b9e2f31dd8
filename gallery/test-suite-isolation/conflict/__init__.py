"""What fails, and is here to be seen failing."""
