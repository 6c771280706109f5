"""The letter that stands for a person."""


def first_letter(name: str) -> str:
    """The letter of a name; titles such as "H." and "Hj." do not count."""
    words = [word for word in name.split() if not word.endswith(".")] or name.split()
    return words[0][0].upper() if words else ""
