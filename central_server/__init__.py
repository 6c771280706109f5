"""The centre: takes what the desks send, keeps it, and tells every desk what concerns it."""
