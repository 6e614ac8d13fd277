"""The tests of the library, and the oracle that they hold it against."""
