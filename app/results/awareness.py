"""How well an offer is known, and how sure a room of this size lets us be."""

from math import sqrt

LEAST_SHOWN = 5  # dots; below that a share says more about chance than about an offer
Z = 1.959964  # of the standard normal distribution, for 95 %


def awareness(yes: int, no: int) -> float | None:
    """yes / (yes + no), 0-1; None when nobody answered."""
    return yes / (yes + no) if yes + no else None


def interval(yes: int, no: int) -> tuple[float, float] | None:
    """The 95 % score interval (low, high) of the awareness, 0-1, rounded to four places.

    None when nobody answered. It stays within 0-1 and is of use from the first answer on, which the
    textbook's p ± z·sqrt(p(1-p)/n) is not. E. B. Wilson, "Probable inference, the law of
    succession, and statistical inference", Journal of the American Statistical Association 22
    (1927), 209-212.
    """
    n = yes + no
    if not n:
        return None
    share = yes / n
    middle = share + Z**2 / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    low, high = ((middle + side) / (1 + Z**2 / n) for side in (-reach, reach))
    return max(0.0, round(low, 4)), min(1.0, round(high, 4))
