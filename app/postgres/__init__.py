"""PostgreSQL as several nodes share it: engines and locks, the ledger's batches, news of other nodes."""
