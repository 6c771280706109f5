"""Tutup hari: the steps, the numbers that must agree, the recap, and the stick where there is no network."""
