private import CLibYAML

/// The one owner of a libyaml parser, and the one place of this package's YAML that touches a pointer.
///
/// Sound because: the parser holds a pointer to itself, so it lives on the heap and never moves; it
/// reads from a copy of the input that this value owns and frees after it; every event is deleted in
/// the call that fetched it, after its texts were copied into Swift strings.
struct LibYAMLParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var cursor: CodePointCursor

    /// Takes a whole file, already found to be UTF-8; its text begins at `start`, behind the byte order
    /// mark if there is one.
    init(_ bytes: [UInt8], start: Int, isASCII: Bool) throws(LibYAMLError) {
        cursor = CodePointCursor(bytes, start: start, isASCII: isASCII)
        input = .allocate(capacity: bytes.count - start)
        _ = input.initialize(fromContentsOf: bytes[start...])
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            // The deinit of a value that was never whole does not run.
            parser.deallocate()
            input.deallocate()
            throw LibYAMLError(problem: "out of memory", offset: 0)
        }
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
        // Otherwise a pair of bytes that looks like the mark of UTF-16 is taken for it.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event, or nil at the end of the stream.
    mutating func next() throws(LibYAMLError) -> YAMLEvent? {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_START_EVENT: continue
            case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return nil
            default: return translated(event)
            }
        }
    }

    private mutating func translated(_ event: yaml_event_t) -> YAMLEvent {
        let start = cursor.offset(of: event.start_mark.index)
        let end = cursor.offset(of: event.end_mark.index)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            return YAMLEvent(kind: .documentStart, start: start, end: end)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias(name: text(event.data.alias.anchor) ?? ""), start: start, end: end)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            // The length is given, for YAML can express NUL ("\0").
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return YAMLEvent(
                kind: .scalar(text: text, style: style(scalar.style)), anchor: self.text(scalar.anchor),
                tag: self.text(scalar.tag), start: start, end: end)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = event.data.sequence_start
            return YAMLEvent(
                kind: .sequenceStart, anchor: text(sequence.anchor), tag: text(sequence.tag),
                isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE, start: start, end: end)
        case YAML_MAPPING_START_EVENT:
            let mapping = event.data.mapping_start
            return YAMLEvent(
                kind: .mappingStart, anchor: text(mapping.anchor), tag: text(mapping.tag),
                isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE, start: start, end: end)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            return YAMLEvent(kind: .collectionEnd, start: start, end: end)
        default:
            return YAMLEvent(kind: .documentEnd, start: start, end: end)
        }
    }

    private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    /// A copy of an anchor or a tag, neither of which can hold NUL.
    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private mutating func failure() -> LibYAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) }
        switch parser.pointee.error {
        case YAML_READER_ERROR:
            // The only error without a mark; it counts bytes.
            return LibYAMLError(
                problem: problem ?? "unreadable input", offset: cursor.offset(of: 0) + parser.pointee.problem_offset)
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            let context = parser.pointee.context.map { String(cString: $0) }
            return LibYAMLError(
                problem: problem ?? "syntax error",
                offset: cursor.offset(of: parser.pointee.problem_mark.index),
                context: context,
                contextOffset: context.map { _ in cursor.offset(of: parser.pointee.context_mark.index) })
        default:
            return LibYAMLError(problem: "out of memory", offset: 0)
        }
    }
}
