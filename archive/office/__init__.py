"""The office: its data folder, settings, accounts and jobs."""
