"""What the portal promises: dates, money, status, fields. Pure: no SQL, no screen, no clock, no files."""
