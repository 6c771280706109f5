"""What stands around the pages: rail, top bar, sheet of keys."""
