"""What is on its way to the centre, and what it answered."""
