"""``python -m gdsim`` does the same as the command ``gdsim``."""

import sys

from gdsim.cli import main

if __name__ == "__main__":
    sys.exit(main())
