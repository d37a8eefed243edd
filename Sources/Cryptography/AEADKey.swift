import COpenSSL

/// A key for AES-256-GCM (NIST SP 800-38D), which keeps bytes secret and shows when they were changed.
package struct AEADKey: Sendable {
    private let secret: Secret
    private static let nonceLength = 12
    private static let tagLength = 16

    /// Nil unless there are 32 bytes.
    package init?(_ secret: Secret) {
        guard secret.bytes.count == 32 else { return nil }
        self.secret = secret
    }

    /// Nonce, ciphertext and tag in one run. `context` is not stored, and opening needs the same: the place that the
    /// bytes belong to, so that they cannot be moved to another.
    package func seal(
        _ plaintext: [UInt8], context: [UInt8], random: some RandomSource = SystemRandom()
    ) throws(CryptographyError) -> [UInt8] {
        let nonce = try random.bytes(Self.nonceLength)
        guard nonce.count == Self.nonceLength, let cipher = CipherContext() else { throw .library("encrypt") }
        guard let ciphertext = cipher.encrypt(plaintext, key: secret.bytes, nonce: nonce, context: context) else {
            throw .library("encrypt")
        }
        return nonce + ciphertext
    }

    /// What was sealed; nil when the key, the context or any bit differs. Throws when that could not be found out.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { return nil }
        guard let cipher = CipherContext() else { throw .library("decrypt") }
        return try cipher.decrypt(
            Array(sealed[Self.nonceLength...].dropLast(Self.tagLength)), key: secret.bytes,
            nonce: Array(sealed.prefix(Self.nonceLength)), context: context, tag: sealed.suffix(Self.tagLength))
    }
}

/// One run of libcrypto's cipher. Success is judged by the return values: a forged tag leaves no error in the queue.
private struct CipherContext: ~Copyable {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = EVP_CIPHER_CTX_new() else { return nil }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    func encrypt(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8]? {
        guard plaintext.count <= Int32.max - 16, context.count <= Int32.max else { return nil }
        var output = [UInt8](repeating: 0, count: plaintext.count + 16)
        var length: Int32 = 0
        let isDone = output.withUnsafeMutableBufferPointer { output -> Bool in
            guard let start = output.baseAddress,
                EVP_EncryptInit_ex2(pointer, EVP_aes_256_gcm(), key, nonce, nil) == 1,
                EVP_EncryptUpdate(pointer, nil, &length, context, Int32(context.count)) == 1,
                EVP_EncryptUpdate(pointer, start, &length, plaintext, Int32(plaintext.count)) == 1,
                Int(length) == plaintext.count,
                EVP_EncryptFinal_ex(pointer, start + plaintext.count, &length) == 1
            else { return false }
            return EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, 16, start + plaintext.count) == 1
        }
        return isDone ? output : nil
    }

    func decrypt(
        _ ciphertext: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8], tag: ArraySlice<UInt8>
    ) throws(CryptographyError) -> [UInt8]? {
        guard ciphertext.count <= Int32.max, context.count <= Int32.max else { return nil }
        var tag = Array(tag)
        // One spare byte, so that the library always gets an address, also for an empty text.
        var output = [UInt8](repeating: 0, count: ciphertext.count + 1)
        var length: Int32 = 0
        // The last step alone compares the tag; what fails before it says nothing about the bytes.
        var isGenuine = false
        let isDone = output.withUnsafeMutableBufferPointer { output -> Bool in
            guard let start = output.baseAddress,
                EVP_DecryptInit_ex2(pointer, EVP_aes_256_gcm(), key, nonce, nil) == 1,
                EVP_DecryptUpdate(pointer, nil, &length, context, Int32(context.count)) == 1,
                EVP_DecryptUpdate(pointer, start, &length, ciphertext, Int32(ciphertext.count)) == 1,
                Int(length) == ciphertext.count,
                EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1
            else { return false }
            isGenuine = EVP_DecryptFinal_ex(pointer, start + ciphertext.count, &length) == 1
            return true
        }
        guard isDone else { throw .library("decrypt") }
        guard isGenuine else { return nil }
        output.removeLast()
        return output
    }
}
