"""Now, events, errors, components, and the registries that apps fill. Knows no app."""
