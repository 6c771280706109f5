"""Measurements that anyone can repeat with `python3 dev.py bench`; numbers are medians and ratios of one run."""
