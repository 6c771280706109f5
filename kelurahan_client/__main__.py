"""`python -m kelurahan_client`: the window without a command, else the command."""

import sys

from kelurahan_client.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
