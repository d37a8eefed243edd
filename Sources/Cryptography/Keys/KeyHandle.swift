import COpenSSL

/// A key of libcrypto, shared and never changed.
final class KeyHandle: Sendable {
    // Sound: an EVP_PKEY that nobody changes may be used by many threads at once (OpenSSL's own rule), and nothing
    // outside init and deinit changes or frees it.
    private nonisolated(unsafe) let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    var bits: Int { Int(EVP_PKEY_get_bits(pointer)) }

    /// Builds a key from its numbers; nil for numbers that are none, such as a point that is not on its curve.
    static func make(
        type: String, selection: Int32, parameters: KeyParameters
    ) throws(CryptographyError) -> KeyHandle? {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { throw .library("read a key") }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_fromdata_init(context) == 1 else { throw .library("read a key") }
        var key: OpaquePointer?
        guard parameters.withList({ EVP_PKEY_fromdata(context, &key, selection, $0) }) == 1, let key else {
            EVP_PKEY_free(key)
            return nil
        }
        return KeyHandle(owning: key)
    }

    /// A fresh key on P-256.
    static func generateP256() -> KeyHandle? {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { return nil }
        return KeyHandle(owning: key)
    }

    /// A fresh RSA key with the exponent 65,537.
    static func generateRSA(bits: Int) -> KeyHandle? {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { return nil }
        return KeyHandle(owning: key)
    }

    /// A number of the key as `length` big-endian bytes.
    func number(_ name: String, length: Int) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number else {
            ERR_clear_error()
            return nil
        }
        defer { BN_clear_free(number) }
        var bytes = [UInt8](repeating: 0, count: length)
        return BN_bn2binpad(number, &bytes, Int32(length)) == Int32(length) ? bytes : nil
    }

    /// A text parameter of the key, such as the name of its curve.
    func text(_ name: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 80)
        var count = 0
        guard EVP_PKEY_get_utf8_string_param(pointer, name, &bytes, bytes.count, &count) == 1 else {
            ERR_clear_error()
            return nil
        }
        return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Signs the SHA-256 of the message; for EC keys the signature is DER.
    func sign(_ message: [UInt8]) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var count = Int(EVP_PKEY_get_size(pointer))
        var signature = [UInt8](repeating: 0, count: max(count, 1))
        guard EVP_DigestSignInit_ex(context, nil, "SHA2-256", nil, nil, pointer, nil) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { return nil }
        return Array(signature.prefix(count))
    }

    /// True when the signature over the SHA-256 of the message is right; DER for EC keys, PKCS #1 v1.5 for RSA keys.
    /// Throws when that could not be found out.
    func verify(_ signature: [UInt8], over message: [UInt8]) throws(CryptographyError) -> Bool {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { throw .library("verify") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit_ex(context, nil, "SHA2-256", nil, nil, pointer, nil) == 1 else {
            throw .library("verify")
        }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// PKCS #8 in PEM, unencrypted.
    func privatePEM() -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let file = BIO_new(BIO_s_secmem()) else { return nil }
        defer { BIO_free(file) }
        guard PEM_write_bio_PKCS8PrivateKey(file, pointer, nil, nil, 0, nil, nil) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = BIO_read(file, &bytes, Int32(bytes.count))
        return count > 0 && count < bytes.count ? Array(bytes.prefix(Int(count))) : nil
    }

    /// Reads an unencrypted private key in PEM.
    static func privatePEM(_ text: [UInt8]) -> KeyHandle? {
        defer { ERR_clear_error() }
        guard text.count <= 16_384, let file = BIO_new_mem_buf(text, Int32(text.count)) else { return nil }
        defer { BIO_free(file) }
        return PEM_read_bio_PrivateKey(file, nil, refusePassphrase, nil).map(KeyHandle.init(owning:))
    }
}

/// libcrypto would ask at the terminal for the passphrase of an encrypted key.
private func refusePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    -1
}
