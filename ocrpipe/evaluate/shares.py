"""Shares as text that never look better than they are."""


def percent(share: float | None) -> str:
    """Two decimals; "—" for None, and never 100% or 0% for what only comes near it."""
    if share is None:
        return "—"
    if share < 1 and 100 * share >= 99.995:
        return ">99.99%"
    return "<0.01%" if 0 < share < 0.00005 else f"{100 * share:.2f}%"


def decimal(share: float | None) -> str:
    """Four decimals; "—" for None, and never 1 for what only comes near it."""
    if share is None:
        return "—"
    return ">0.9999" if share < 1 and share >= 0.99995 else f"{share:.4f}"
