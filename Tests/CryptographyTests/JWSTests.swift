import Cryptography
import JSONSyntax
import Testing
import WebSyntax

@Suite("tokens are verified against a closed policy")
struct JWSTests {
    let key: P256PrivateKey
    let set: JWKSet

    init() throws {
        key = try P256PrivateKey.generate()
        set = JWKSet([JWK(.p256(key.publicKey), id: "k1")])
    }

    /// A token with a header of our own writing, rightly signed.
    func token(header: String, payload: String = #"{"iss":"i"}"#) throws -> String {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
        return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
    }

    func verdict(_ token: String, _ policy: JWSPolicy = .accessToken) -> JWSError? {
        do throws(JWSError) {
            _ = try JWS.verify(token, keys: set, policy: policy)
            return nil
        } catch {
            return error
        }
    }

    @Test("J01 what we sign, we verify")
    func roundTrip() throws {
        let token = try JWS.sign(["iss": "i", "exp": 5], type: "at+jwt", keyID: "k1", with: key)
        let verified = try JWS.verify(token, keys: set, policy: .accessToken)
        #expect(verified.header.keyID == "k1" && verified.header.type == "at+jwt")
        #expect(try verified.claims().issuer == "i")
        #expect(try verified.claims().expiry == 5)
    }

    @Test(
        "J02 every other algorithm is refused, rightly signed or not",
        arguments: [
            "none", "NONE", "None", "", "HS256", "HS384", "es256", "ES256 ", "ES384", "ES512", "ES256K", "PS256", "RS1",
            "EdDSA",
        ])
    func algorithms(name: String) throws {
        let header = #"{"alg":"\#(name)","typ":"at+jwt","kid":"k1"}"#
        #expect(verdict(try token(header: header)) == .algorithm)
        #expect(verdict(Base64URL.encode(Array(header.utf8)) + ".e30.") == .algorithm)
    }

    @Test("J02 an HMAC keyed with the public key, in any spelling of it, is refused")
    func confusion() throws {
        let spellings = [[4] + key.publicKey.x + key.publicKey.y, set.json.encoded(.compact)]
        for spelling in spellings {
            for algorithm in ["HS256", "ES256", "RS256"] {
                let header = #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"k1"}"#
                let signed = Base64URL.encode(Array(header.utf8)) + ".e30"
                let code = try Digest.hmacSHA256(Array(signed.utf8), key: Secret(spelling))
                for signature in [code, code + code] {
                    #expect(verdict(signed + "." + Base64URL.encode(signature)) != nil)
                }
            }
        }
    }

    @Test("J02 a token that says RS256 does not meet an EC key")
    func swap() throws {
        let header = #"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#
        #expect(verdict(try token(header: header)) == .algorithm)
        #expect(verdict(try token(header: header), .clientAssertion) == .unknownKey)
    }

    @Test(
        "J03 a missing, unknown or odd key id is refused",
        arguments: [
            #"{"alg":"ES256","typ":"at+jwt"}"#, #"{"alg":"ES256","typ":"at+jwt","kid":"k2"}"#,
            #"{"alg":"ES256","typ":"at+jwt","kid":"K1"}"#, #"{"alg":"ES256","typ":"at+jwt","kid":"../../dev/null"}"#,
            #"{"alg":"ES256","typ":"at+jwt","kid":"' OR 1=1 --"}"#,
        ])
    func unknownKeys(header: String) throws {
        #expect(verdict(try token(header: header)) == .unknownKey)
    }

    @Test("J03 a key id that is long, empty or no string is refused")
    func oddKeys() throws {
        for kid in ["\"\(String(repeating: "k", count: 3000))\"", "\"\"", "1", "null", "[\"k1\"]"] {
            let header = #"{"alg":"ES256","typ":"at+jwt","kid":\#(kid)}"#
            #expect(verdict(try token(header: header)) == .malformedHeader)
        }
    }

    @Test(
        "J03 members that bring keys or change the signed bytes are refused",
        arguments: ["crit", "b64", "zip", "jwk", "jku", "x5c", "x5u", "enc", "cty", "epk"],
        ["[]", "\"x\"", "false", "null"])
    func forbidden(member: String, value: String) throws {
        let header = #"{"alg":"ES256","typ":"at+jwt","kid":"k1","\#(member)":\#(value)}"#
        #expect(verdict(try token(header: header)) == .forbiddenMember(member))
    }

    @Test("a token of another type is refused, and the type is compared as RFC 7515 §4.1.9 asks")
    func types() throws {
        for type in ["JWT", "at-jwt", "id+jwt", "logout+jwt", "text/at+jwt"] {
            #expect(verdict(try token(header: #"{"alg":"ES256","typ":"\#(type)","kid":"k1"}"#)) == .type)
        }
        #expect(verdict(try token(header: #"{"alg":"ES256","kid":"k1"}"#)) == .type)
        for type in ["at+jwt", "AT+JWT", "application/at+jwt"] {
            #expect(verdict(try token(header: #"{"alg":"ES256","typ":"\#(type)","kid":"k1"}"#)) == nil)
        }
    }

    @Test("J09 a header with two members of one name or no object is refused")
    func headers() throws {
        for header in [
            #"{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"k1"}"#, "[]", "null", "", "{}",
            #"{"alg":"ES256","typ":"at+jwt","kid":"k1",}"#, #"{"alg":["ES256"],"typ":"at+jwt","kid":"k1"}"#,
            "\u{FEFF}" + #"{"alg":"ES256","typ":"at+jwt","kid":"k1"}"#,
        ] {
            #expect(verdict(try token(header: header)) == .malformedHeader)
        }
    }

    @Test("J09 other forms, paddings, blanks and trailing bits are refused")
    func forms() throws {
        let good = try JWS.sign(["iss": "i"], type: "at+jwt", keyID: "k1", with: key)
        #expect(verdict(good) == nil)
        let parts = good.split(separator: ".").map(String.init)
        let loose =
            parts[2].dropLast()
            + (parts[2].hasSuffix("A") ? "B" : parts[2].hasSuffix("Q") ? "R" : parts[2].hasSuffix("g") ? "h" : "x")
        for bad in [
            "", ".", "..", "...", good + ".", "." + good, good + ".e30", good + "=", good + " ", " " + good,
            good + "\n",
            parts[0] + "." + parts[1], parts[0] + "=." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + loose,
            good.replacing(".", with: "..", maxReplacements: 1), "{\"payload\":\"\(parts[1])\"}",
        ] {
            #expect(verdict(bad) != nil, "\(bad)")
        }
        #expect(verdict(parts[0] + "." + parts[1] + ".") == .signatureLength)
        #expect(verdict(parts[0] + "." + parts[1] + "." + parts[2] + "AAAA") == .signatureLength)
        #expect(verdict(parts[0] + ".e30." + parts[2]) == .signature)
    }

    @Test("a token over the length limit is refused before anything is decoded")
    func length() throws {
        #expect(verdict(String(repeating: "A", count: 8193)) == .tooLong)
        #expect(verdict(String(repeating: ".", count: 22_000_000)) == .tooLong)
    }

    @Test("a DER signature is not taken for a JWS signature")
    func der() throws {
        let signed = Base64URL.encode(Array(#"{"alg":"ES256","typ":"at+jwt","kid":"k1"}"#.utf8)) + ".e30"
        let raw = try key.sign(Array(signed.utf8))
        let der = [0x30, 68, 2, 32] + raw[..<32] + [2, 32] + raw[32...]
        #expect(verdict(signed + "." + Base64URL.encode(der)) == .signatureLength)
    }
}
