"""Tables as other programs write them: CSV in any dress and workbooks, as rows of text with their places."""
