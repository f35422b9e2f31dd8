"""The tests, a folder for each way to run them."""
