"""Which characters are Han, which are emoji, and which scripts write with invisible joiners: as classes of `re`."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\ufe0f\u20e3\U0001f000-\U0001faff"
)

# Arabic (Uyghur, Kazakh) with its presentation forms, Syriac, N'Ko, the Indic scripts, Tibetan, Myanmar, Khmer,
# Mongolian (with Todo and Manchu), Phags-pa.
JOINING = "\u0600-\u061b\u061d-\u085f\u0870-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
