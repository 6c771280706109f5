"""Beranda: what the day looks like, and where to begin."""
