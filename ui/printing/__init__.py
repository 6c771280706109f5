"""From a Paper to pages on the screen, on paper, or in a PDF."""
