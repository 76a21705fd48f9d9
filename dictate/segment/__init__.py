"""Words to labelled spans: the spaCy pipeline, its components, pairing, difficulty."""
