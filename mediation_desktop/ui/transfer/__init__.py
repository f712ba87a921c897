"""Parts of the exchange page: to whom, where to, and which dossiers go along."""
