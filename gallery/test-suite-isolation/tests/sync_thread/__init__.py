"""In one session with async tests: the synchronous interface, in a thread."""
