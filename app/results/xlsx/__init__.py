"""Numbers as workbooks, to go on calculating with."""
