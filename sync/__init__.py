"""Reconciling with the centre."""
