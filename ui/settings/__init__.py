"""Pengaturan: a list of sections, each a small form that says what is set and changes it."""
