"""The pages of the portal, one file for each page of the manual, each with its style beside it."""
