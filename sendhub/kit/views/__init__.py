"""Screens of the kit: jobs, drafts and saved views in a school; links outside any."""
