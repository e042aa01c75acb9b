"""During the day: dots, cards and words, from the phone's page through the ledger into the database."""
