"""`python -m workflows > docs/workflow.md`"""

import sys

from workflows.document import document

sys.stdout.write(document())
