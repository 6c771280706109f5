"""The page *Buku register*: register books become complaints, tried first, taken back as one."""
