"""The first start: this machine becomes a desk of an office."""
