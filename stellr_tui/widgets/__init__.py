"""What more than one screen is made of: pages, forms, tables, dialogs."""
