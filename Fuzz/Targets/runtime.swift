import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

/// A config is read or there is an error, never both; what was read comes back when it is written.
func fuzz(_ bytes: [UInt8]) {
    let source = SourceFile(path: "fuzz.json", bytes: bytes)
    let (config, diagnostics) = RuntimeConfig.decode(source, id: FileID(0))
    requireSpans(of: diagnostics, within: bytes)
    precondition((config == nil) == diagnostics.hasErrors, "a config with errors, or none without")
    guard let config else { return }
    let written = SourceFile(path: "again.json", bytes: config.encoded(banner: "fuzz"))
    precondition(RuntimeConfig.decode(written, id: FileID(0)).config == config, "written and read back, it differs")
}
