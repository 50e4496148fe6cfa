"""Who may come in: people, practices, companies, memberships and the one door."""
