"""``python -m roadmap`` is the command line."""

import sys

from roadmap.cli import main

sys.exit(main())
