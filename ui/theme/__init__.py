"""How everything looks: tokens, type, icons, and the one style sheet."""
