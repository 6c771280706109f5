"""Laporan: a period counted, in tables, in charts, on paper and as a spreadsheet."""
