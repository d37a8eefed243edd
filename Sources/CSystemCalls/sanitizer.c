// What the leak checker must be told, in builds with the address sanitizer alone.

#if defined(__has_feature)
#if __has_feature(address_sanitizer)

const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

/// Global constants are made once and stay. Swift keeps some of them in words with tag bits, which the checker does not
/// take for pointers. Built in, because a test may start a program with an environment of its own.
const char *__lsan_default_suppressions(void) {
    return "leak:swift::threading_impl::once_slow\n";
}

/// Otherwise each use of the above is told on standard error.
const char *__lsan_default_options(void) {
    return "print_suppressions=0";
}

#endif
#endif

/// A file without any declaration is no C.
typedef int cg_sanitizer_settings;
