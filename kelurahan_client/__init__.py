"""Lapor Kelurahan, the desk application without windows."""

__version__ = "0.1.0"
