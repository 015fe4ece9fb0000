"""What is due, when, and who is told: working days, deadlines, reminders, their sweep."""
