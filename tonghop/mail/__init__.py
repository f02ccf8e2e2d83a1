"""Mail: what is said (words), how it is built (compose), sent (transport, outbox), proved (witness)."""
