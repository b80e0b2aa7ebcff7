"""区划 Places come from the official division codes: read, corrected, compared with what stands, and loaded."""
