"""Pictures of pin boards and people: taken in by hosts and moderators, for documentation and archive."""
