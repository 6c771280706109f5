"""Konflik: a field on which people wrote different things, and the person who decides."""
