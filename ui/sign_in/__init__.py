"""Masuk: who sits down, by name and PIN; the locked window; officers to manage."""
