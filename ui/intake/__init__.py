"""Pengaduan baru: the form, its hints, its drafts, and the number at the end."""
