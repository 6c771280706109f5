"""The city's central server."""
