"""Steps from one released schema to the next, in order."""
