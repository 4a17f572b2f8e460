"""What Paperboy tells of itself: logs, numbers, and the id that joins them to one request."""
