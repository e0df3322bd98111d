"""What differs between two editions, and which version that makes."""
