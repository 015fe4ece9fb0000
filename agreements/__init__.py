"""Templates, agreements and their text: from a first draft to a signed and sealed copy."""
