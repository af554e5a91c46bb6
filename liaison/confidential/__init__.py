"""保密事项: who may read what, who looked, and calls that were handed over (domain.md §4.5, promises B16, B24)."""
