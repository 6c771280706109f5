"""Help beside the page: the clerk's guide, from the files that ship with the program."""
