import Foundation

/// Whether expectations are rewritten instead of compared.
///
/// Every comparison fails while they are, also one that would hold, so that no run that may have recorded counts as a
/// proof: the run after it does.
package enum Recording {
    package static let isOn = ProcessInfo.processInfo.environment["CONNECTORGEN_UPDATE"] == "1"

    package static let advice = "look at the difference, then run again without CONNECTORGEN_UPDATE"
}
