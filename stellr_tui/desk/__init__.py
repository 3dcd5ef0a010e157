"""What a person can do at the portal: one use case a function, each one transaction, returning plain values."""
