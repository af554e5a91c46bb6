"""Wilson: between which shares the true one lies (metrics.md §5, formula 1)."""

from __future__ import annotations

from math import sqrt

Z = 1.959964


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The 95 % interval of a share; `denominator` ≥ 1."""
    share, n = numerator / denominator, denominator
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def per_mille(numerator: int, denominator: int) -> int:
    """Tenths of a per cent, half up, from the counts: 74 of 108 → 685."""
    return (2000 * numerator + denominator) // (2 * denominator)
