"""规则 The rules of a locality: presets are loaded, checked, frozen, and kept in every version with its dates."""
