import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    /// The `client_id` of a connector, kept whether or not the connector is whole.
    mutating func clientID(_ key: String, in section: SectionReader) -> Presence<ClientID> {
        let clientID: Presence<ClientID> = written(key, in: section)
        let name = section.path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).last
        let connector = name.map(String.init) ?? section.path
        clientIDs.append(PartialSpec.ClientIDEntry(connector: connector, clientID: clientID))
        return clientID
    }
}

extension SpecDecoder {
    /// The addresses of a connector's MCP server, of `upstream` or of `upstreams`; nil where there is none, or none
    /// that can be read.
    mutating func upstreams(of section: SectionReader) -> [Located<UpstreamURL>]? {
        let (one, several) = (ConnectorSection.upstreamKey.row, ConnectorSection.upstreamsKey.row)
        let single = section.place(of: one.name)
        guard let list = section.place(of: several.name) else {
            guard let single else {
                reportMissing([one], in: section)
                return nil
            }
            return SpecValue<Located<UpstreamURL>>.upstreamURL.read(&self, single).map { [$0] }
        }
        if let single {
            report(
                Diagnostic(
                    .keyCombination, .error, "\(section.display) has `upstream` and `upstreams`",
                    at: Label(list.keySpan, "expected one of them"),
                    secondary: [Label(single.keySpan, "first given here")],
                    help: "write all addresses behind `upstreams`"))
            return nil
        }
        let read = SpecValue.list(SpecValue<Located<UpstreamURL>>.upstreamURL).read(&self, list)
        guard let read, !read.isEmpty else {
            if read != nil, list.node.items?.isEmpty ?? false {
                reportEmpty(list.node, at: list.path, expected: "a list of addresses")
            }
            return nil
        }
        return read
    }
}

extension SpecValue<ClientSection> {
    /// `chatgpt`, or a mapping.
    static var client: Self {
        let keys = ClientSection.keys
        return Self(kind: .either([.text(.profileName), .section(keys.table)])) { decoder, place in
            if case .scalar = place.node.content {
                return SpecValue<Located<String>>.profile.read(&decoder, place).map { profile in
                    ClientSection(
                        profile: profile, id: nil, label: nil, status: nil, redirectURIs: [], authMethod: nil,
                        secret: nil, hasSecret: false, keysURL: nil, scopes: nil, allowIntrospection: nil,
                        span: place.node.span)
                }
            }
            guard let section = decoder.open(place, as: keys.table) else { return nil }
            let client = keys.read(&decoder, section)
            guard section.entry("profile") == nil, section.entry("id") == nil else { return client }
            decoder.report(
                Diagnostic(
                    .keyCombination, .error, "`\(place.path)` names neither a `profile` nor an `id`",
                    at: Label(place.node.span, "who is this client"),
                    help:
                        "add `profile: chatgpt` for a client of the catalogue, or `id: cid_example` for one of your own"
                ))
            return nil
        }
    }
}
