/// One step of reading a file, places in bytes of the file.
struct YAMLEvent {
    enum Kind {
        case documentStart
        case documentEnd
        case alias(name: String)
        case scalar(text: String, style: YAMLScalar.Style)
        case sequenceStart
        case mappingStart
        case collectionEnd
    }

    let kind: Kind
    /// The name behind `&`.
    var anchor: String?
    /// The tag with its handle resolved: `tag:yaml.org,2002:str`, `!local`.
    var tag: String?
    /// True for `[…]` and `{…}`, and for the mapping that is meant in `[key: value]`.
    var isFlow = false
    /// Where the event begins, its anchor and tag included.
    var start: Int
    /// Where its last token ends. The end of a block collection carries the place of the token behind it.
    var end: Int
}

/// libyaml's complaint: what it saw, and what it was doing, places in bytes of the file.
struct LibYAMLError: Error {
    /// `did not find expected ',' or ']'`
    var problem: String
    var offset: Int
    /// `while parsing a flow sequence`
    var context: String?
    var contextOffset: Int?
}
