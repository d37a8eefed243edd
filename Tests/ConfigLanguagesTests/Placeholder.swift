// The tests of the target come here.
