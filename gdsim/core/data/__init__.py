"""Tables of rows: CSV files, batches, standardising. Imports formula."""
