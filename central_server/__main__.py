"""Starts the centre's command line."""

import sys

from central_server.cli import main

if __name__ == "__main__":
    sys.exit(main())
