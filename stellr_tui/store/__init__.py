"""The order book as SQLAlchemy tables, on SQLite or PostgreSQL, and its migrations."""
