import Diagnostics
import OAuthProtocol
import Templates
import WebSyntax

/// Reads the pages of `--templates DIR`: the `.tmpl` files of `DIR/pages`.
enum PageDirectory {
    /// The pages with the operator's files in the place of the builtin ones, all that is wrong with them told at once.
    /// The head of each page names the host of the issuer.
    static func load(
        _ directory: String?, issuer: String, style: TerminalStyle = .plain
    ) throws(StartFailure) -> Pages {
        var sources = SourceMap()
        var files: [TemplateFile] = []
        if let directory { files = try read(directory, into: &sources) }
        let loaded = PageTemplates.load(files)
        guard let templates = loaded.templates else {
            let report = Report(
                diagnostics: loaded.diagnostics, sources: sources, exitCode: ExitStatus.invalid.rawValue)
            throw StartFailure(String(decoding: report.render(.human, style: style), as: UTF8.self), .invalid)
        }
        do {
            return try Pages(templates, site: (try? AbsoluteURI(issuer))?.authority?.host ?? issuer)
        } catch {
            throw .environment("cannot make the pages: \(error)")
        }
    }

    private static func read(_ directory: String, into sources: inout SourceMap) throws(StartFailure) -> [TemplateFile]
    {
        let folder = directory + "/pages"
        do throws(SystemFile.Failure) {
            var files: [TemplateFile] = []
            for name in try SystemFile.names(in: folder) where name.utf8.suffix(5).elementsEqual(".tmpl".utf8) {
                let path = folder + "/" + name
                let bytes = try SystemFile.read(path, limit: 1 << 20).bytes
                let source = sources.add(SourceFile(path: path, bytes: bytes))
                files.append(TemplateFile(name: "pages/" + name, source: source, bytes: bytes))
            }
            return files
        } catch {
            throw .environment("cannot read \(DisplayText.escaped(error.path)): \(error.reason)")
        }
    }
}
