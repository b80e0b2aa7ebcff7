"""Points and duties in exact fractions: a regulation as values, the sheet of a party, the closing of a period.

Pure arithmetic over rows; knows no database. docs/presets.md tells what each rule means.
"""
