"""Background jobs: what an approval leaves to be done, done by whichever hub is running."""
