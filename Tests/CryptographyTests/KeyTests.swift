import Cryptography
import JSONSyntax
import Testing
import WebSyntax

@Suite("keys are read strictly")
struct KeyTests {
    /// The key of RFC 7515 appendix A.3.
    static let rfc: JSON = [
        "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    ]

    @Test("a private key survives PEM and JWK")
    func roundTrip() throws {
        let key = try P256PrivateKey.generate()
        let message = Array("message".utf8)
        for other in [try P256PrivateKey(pem: key.pem()), try P256PrivateKey(jwk: key.privateJWK())] {
            #expect(other.publicKey == key.publicKey)
            #expect(try key.publicKey.verify(other.sign(message), over: message))
        }
        #expect(try P256PrivateKey.generate().publicKey != key.publicKey)
        #expect("\(key)" == "(private key)")
    }

    @Test("J30 a private RSA key survives PEM, and what it signs verifies with the public half alone")
    func rsa() throws {
        let key = try RSAPrivateKey.generate()
        let message = Array("message".utf8)
        let same = try RSAPrivateKey(pem: key.pem())
        #expect(same.publicKey == key.publicKey && key.publicKey.modulus.count == 256)
        let signature = try same.sign(message)
        #expect(try key.publicKey.verify(signature, over: message))
        #expect(try !key.publicKey.verify(signature, over: message + [0]))
        #expect(try RSAPrivateKey.generate().publicKey != key.publicKey)
        #expect("\(key)" == "(private key)")
        #expect(throws: CryptographyError.self) { try P256PrivateKey(pem: key.pem()) }
        #expect(throws: CryptographyError.self) { try RSAPrivateKey(pem: P256PrivateKey.generate().pem()) }
    }

    @Test("J30 the thumbprint of the key of RFC 7638 §3.1 is the one that stands there")
    func rsaThumbprint() throws {
        let modulus =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs"
            + "tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5haj"
            + "rn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
        let key = try RSAPublicKey(
            modulus: try #require(Base64URL.decode(modulus)), exponent: try #require(Base64URL.decode("AQAB")))
        #expect(try key.thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test("the signature of RFC 7515 A.3 verifies, and no changed bit of it")
    func vector() throws {
        let key = try P256PrivateKey(jwk: Self.rfc).publicKey
        let message = Array(
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                .utf8)
        let signature = try #require(
            Base64URL.decode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"))
        #expect(try key.verify(signature, over: message))
        for index in stride(from: 0, to: 64, by: 5) {
            var changed = signature
            changed[index] ^= 1
            #expect(try !key.verify(changed, over: message))
        }
        #expect(try !key.verify([UInt8](repeating: 0, count: 64), over: message))
        #expect(try !key.verify([UInt8](repeating: 0xFF, count: 64), over: message))
        #expect(try !key.verify([], over: message))
    }

    @Test("the thumbprint of the RSA-free example is stable and independent of the member order")
    func thumbprint() throws {
        let key = try P256PrivateKey(jwk: Self.rfc).publicKey
        #expect(try key.thumbprint() == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
    }

    @Test("a point off the curve, the zero point and halves of two keys are refused")
    func points() throws {
        let key = try P256PrivateKey.generate().publicKey
        var y = key.y
        y[31] ^= 1
        #expect(throws: CryptographyError.self) { try P256PublicKey(x: key.x, y: y) }
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(throws: CryptographyError.self) { try P256PublicKey(x: zero, y: zero) }
        #expect(throws: CryptographyError.self) { try P256PublicKey(x: Array(key.x.dropLast()), y: key.y) }
        let mixed: JSON = [
            "kty": "EC", "crv": "P-256", "x": .string(Base64URL.encode(key.x)), "y": .string(Base64URL.encode(key.y)),
            "d": Self.rfc["d"] ?? .null,
        ]
        #expect(throws: CryptographyError.self) { try P256PrivateKey(jwk: mixed) }
    }

    @Test("PEM of another curve, with a passphrase, or garbage is refused")
    func pem() throws {
        let secp384r1 = """
            -----BEGIN PRIVATE KEY-----
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCUaB8oW5VbeP5c2VFv
            -----END PRIVATE KEY-----
            """
        for text in ["", "nonsense", secp384r1] {
            #expect(throws: CryptographyError.self) { try P256PrivateKey(pem: Secret(text)) }
        }
    }

    @Test(
        "RSA keys that are short, even, or have a small exponent are refused",
        arguments: [
            (127, 1, [UInt8](arrayLiteral: 1, 0, 1)), (255, 1, [1, 0, 1]), (256, 2, [1, 0, 1]), (256, 1, [3]),
            (256, 1, [1]), (1025, 1, [1, 0, 1]),
        ])
    func rsa(length: Int, last: UInt8, exponent: [UInt8]) {
        let modulus = [0xC1] + [UInt8](repeating: 0x5A, count: length - 2) + [last]
        #expect(throws: CryptographyError.self) { try RSAPublicKey(modulus: modulus, exponent: exponent) }
    }
}
