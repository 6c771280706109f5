"""Typing a page of the register book beside its scan: the grid, the scan, and what is said about each cell."""
