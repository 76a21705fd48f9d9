"""``python -m dictate``."""

from __future__ import annotations

import sys

from dictate.cli import main

sys.exit(main())
