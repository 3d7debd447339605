"""``python -m reviewer``. A frozen application starts its worker processes here, so that comes first."""

import multiprocessing
import sys

from reviewer.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
