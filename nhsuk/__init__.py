"""The design system: forms, components and how dates and counts are written."""
