"""Mail: what is said (words), how a message is built (compose), handed over (transport, outbox) and proved (witness)."""
