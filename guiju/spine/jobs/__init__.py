"""Background and scheduled work: the queue is the outbox (law L13, section 10)."""
