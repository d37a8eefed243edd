import COpenSSL

/// The parts that a key is built from, by libcrypto's names for them.
struct KeyParameters {
    var texts: [(name: String, value: String)] = []
    var octets: [(name: String, value: [UInt8])] = []
    /// Big-endian.
    var numbers: [(name: String, value: [UInt8])] = []

    /// Hands the list over in libcrypto's form. It refers to names and values, which live as long as the call.
    func withList<Result>(_ body: (UnsafeMutablePointer<OSSL_PARAM>) -> Result) -> Result {
        var copies: [UnsafeMutableBufferPointer<CChar>] = []
        defer { for copy in copies { copy.deallocate() } }
        func copy(_ bytes: some Collection<UInt8>) -> UnsafeMutablePointer<CChar>? {
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count + 1)
            _ = copy.initialize(from: bytes.map { CChar(bitPattern: $0) } + [0])
            copies.append(copy)
            return copy.baseAddress
        }
        var list: [OSSL_PARAM] = []
        for (name, value) in texts {
            list.append(OSSL_PARAM_construct_utf8_string(copy(name.utf8), copy(value.utf8), value.utf8.count))
        }
        for (name, value) in octets {
            list.append(OSSL_PARAM_construct_octet_string(copy(name.utf8), copy(value), value.count))
        }
        for (name, value) in numbers {
            // A number stands in the machine's own order, which is little-endian wherever we are built for.
            var number = OSSL_PARAM_construct_end()
            number.key = UnsafePointer(copy(name.utf8))
            number.data_type = UInt32(OSSL_PARAM_UNSIGNED_INTEGER)
            number.data = UnsafeMutableRawPointer(copy(value.reversed()))
            number.data_size = value.count
            list.append(number)
        }
        list.append(OSSL_PARAM_construct_end())
        return body(&list)
    }
}
