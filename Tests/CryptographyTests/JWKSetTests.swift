import Cryptography
import JSONSyntax
import Testing

@Suite("key sets are public, closed and bounded")
struct JWKSetTests {
    @Test("what is written is read again")
    func roundTrip() throws {
        let keys = try (0..<3).map { JWK(.p256(try P256PrivateKey.generate().publicKey), id: "key-\($0)") }
        let set = JWKSet(keys)
        #expect(try JWKSet(parsing: set.json.encoded(.compact)) == set)
        for key in keys { #expect(key.json["d"] == nil && key.json["use"] == "sig" && key.json["alg"] == "ES256") }
    }

    @Test(
        "keys of other kinds are passed over (RFC 7517 §5)",
        arguments: [
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            #"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#, #"{"kty":"future"}"#,
            #"{"kty":"EC","crv":"P-256","use":"enc"}"#, #"{"kty":"EC","crv":"P-256","key_ops":["deriveKey"]}"#,
        ])
    func passedOver(key: String) throws {
        #expect(try JWKSet(parsing: Array(#"{"keys":[\#(key)]}"#.utf8)).keys.isEmpty)
    }

    @Test(
        "private, symmetric and malformed keys refuse the whole document",
        arguments: [
            #"{"kty":"oct","k":"AA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#,
            #"{"kty":"EC","crv":"P-256","x":1,"y":"AA"}"#, #"{"kty":"EC","crv":"P-256"}"#, #"{}"#, "1", "null",
            #"{"kty":"RSA","n":"AA","e":"AQAB"}"#, #"{"kty":"RSA","n":"qg","e":"AQAB"}"#, #"{"kty":"EC","kty":"RSA"}"#,
            #"{"kty":"EC","crv":"P-256","use":7}"#, #"{"kty":"EC","crv":"P-256","kid":""}"#,
        ])
    func refused(key: String) {
        #expect(throws: CryptographyError.self) { try JWKSet(parsing: Array(#"{"keys":[\#(key)]}"#.utf8)) }
    }

    @Test("two keys of one id, too many keys, too long a document and other documents are refused")
    func documents() throws {
        let key = JWK(.p256(try P256PrivateKey.generate().publicKey), id: "a")
        #expect(throws: CryptographyError.self) { try JWKSet(parsing: JWKSet([key, key]).json.encoded(.compact)) }
        let many = JWKSet((0..<101).map { JWK(key.key, id: "\($0)") })
        #expect(throws: CryptographyError.self) { try JWKSet(parsing: many.json.encoded(.compact)) }
        let padding = [UInt8](repeating: 0x20, count: 65_536)
        #expect(throws: CryptographyError.self) { try JWKSet(parsing: padding + Array(#"{"keys":[]}"#.utf8)) }
        for text in ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],}"#, "\u{FEFF}{\"keys\":[]}"] {
            #expect(throws: CryptographyError.self) { try JWKSet(parsing: Array(text.utf8)) }
        }
    }
}
