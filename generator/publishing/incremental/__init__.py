"""What must be made again, and why; knows nothing of standards."""
