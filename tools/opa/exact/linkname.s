// Lets functions have no body: the linker finds it.
