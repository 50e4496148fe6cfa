"""Where one lands: the chooser of companies, a company's today, a practice's companies."""
