/// What a page makes of a character of a value.
enum HTMLScalar: Hashable {
    case shown
    /// White space that a page shows as a space.
    case blank
    /// It would turn, hide or break the text around it.
    case unfit

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20...0x7E: self = .shown
        case 0x09, 0x0A, 0x0D: self = .blank
        case 0x00...0x1F, 0x7F...0x9F: self = .unfit
        // Soft hyphen; marks, embeddings, overrides and isolates of direction; zero-width and other invisible ones.
        case 0xAD, 0x061C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: self = .unfit
        // Fillers that look like nothing, annotations, tags.
        case 0x115F...0x1160, 0x3164, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: self = .unfit
        // Noncharacters.
        case 0xFDD0...0xFDEF: self = .unfit
        case let value where value & 0xFFFE == 0xFFFE: self = .unfit
        default: self = .shown
        }
    }
}
