"""What somebody has to do: actions and standing commitments, with owner and due date."""
