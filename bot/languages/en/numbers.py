"""Numbers and units in English."""

from bot.languages.language import Numbers

NUMBERS = Numbers(
    scales={
        "thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
    },
    units={
        "percent": "percentage points?|percent|per cent|points?|pts?",
        "times": "times|fold",
        "ms": "milliseconds?",
        "seconds": "seconds?|secs?",
        "minutes": "minutes?|mins?",
        "hours": "hours?|hrs?",
        "days": "days?",
    },
    words={
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30,
        "hundred": 100, "thousand": 1000, "first": 1, "second": 2, "third": 3, "fourth": 4,
        "single": 1, "dual": 2, "both": 2, "pair": 2,
    },
    factors={
        "twice": 2, "double": 2, "doubles": 2, "doubling": 2, "twofold": 2, "triple": 3,
        "triples": 3, "threefold": 3, "fourfold": 4, "tenfold": 10,
    },
    parts={
        "half": (1, 2), "halves": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5),
        "tenth": (1, 10),
    },
)  # fmt: skip
