"""Daftar: find a complaint among all, and carry it on."""
