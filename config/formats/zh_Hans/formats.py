"""Days in Chinese: Django writes 01月5日, which nobody here does."""

MONTH_DAY_FORMAT = "n月j日"
