"""In a session of its own: the synchronous interface."""
