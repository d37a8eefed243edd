import Diagnostics

/// `docs/diagnostics.md`: the pages of all codes.
package enum CodeReference {
    package static var markdown: String {
        var text = """
            # Diagnostics

            All that `connectorgen` and `connectorgen-auth` report, by code. `connectorgen explain CODE` prints one page,
            also for a bare number and a name. A rule shows specs that it finds and specs that it does not. What is no hard
            error can be allowed by a comment with a reason, on its line or alone on the line above. `M#n` and `R…` are rows
            of the project's catalogue of field mistakes and requirements. The page is generated; `make docs` rewrites it.

            | code | name | severity | finds |
            |---|---|---|---|

            """
        for code in CodeCatalogue.all {
            let summary = code.summary.split(separator: "|").joined(separator: "\\|")
            text += "| \(code) | \(code.name) | \(code.severity.rawValue) | \(summary) |\n"
        }
        text += "\n"
        for code in CodeCatalogue.all { text += CodePage(code).markdown }
        return String(text.dropLast())
    }
}
