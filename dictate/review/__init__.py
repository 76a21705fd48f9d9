"""What notes are good for: what to do better, the thank-you letter, what is due. Reads the store, prints nothing."""
