"""Prints a configuration as the manual has it, so that it is tested as it stands there:  manual.py HEADING LANGUAGE"""

import re
import sys
from pathlib import Path

heading, language = sys.argv[1:]
manual = (Path(__file__).parent.parent / "docs/editors.md").read_text(encoding="utf-8")
section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", manual, re.M | re.S)
block = section and re.search(rf"^```{re.escape(language)}\n(.*?)^```", section[1], re.M | re.S)
if not block:
    sys.exit(f"docs/editors.md has no {language} under {heading}")
print(block[1], end="")
