"""A report for reading in a browser: one HTML file that holds all it needs and asks nothing of anybody."""
