"""Other people's bytes into typed papers and problems: one module per file format, `bytes -> (rows, problems)`."""
