import Glibc

/// Makes an empty file that only its owner may read; SQLite gives its companions the same mode. False when it exists
/// or cannot be made.
///
/// An existing file is left untouched: closing any descriptor of a database drops the locks that this process holds
/// on it (sqlite.org/howtocorrupt.html §2.2).
@discardableResult
func createPrivateFile(_ path: String) -> Bool {
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
}
