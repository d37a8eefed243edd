import CTemplates

/// A file of the top-level `Templates/` folder, as it was when the program was compiled.
struct EmbeddedFile {
    let name: String
    let bytes: [UInt8]

    static let all: [EmbeddedFile] = (0..<ctemplates_count()).compactMap { index in
        // Sound: both point at static, constant data of the C target; the name ends in NUL, and the buffer's
        // length is the length of the same array.
        guard let name = ctemplates_name(index), let bytes = ctemplates_bytes(index) else { return nil }
        return EmbeddedFile(
            name: String(cString: name),
            bytes: Array(UnsafeBufferPointer(start: bytes, count: ctemplates_size(index))))
    }

    static func named(_ name: String) -> EmbeddedFile? { all.first { $0.name == name } }
}
