"""The way of the data, in a few short functions whose steps are given as arguments."""
