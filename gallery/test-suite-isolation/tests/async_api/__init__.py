"""In one session with async tests: the asynchronous interface."""
