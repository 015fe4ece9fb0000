"""Reports: how agreements were kept in a quarter, and the register for an audit committee."""
