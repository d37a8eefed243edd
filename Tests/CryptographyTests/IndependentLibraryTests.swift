import Cryptography
import JSONSyntax
import TestSupport
import Testing

/// Against PyJWT, Authlib and joserfc, which share no line with us: they read what we write, and we read what they
/// write.
@Suite("independent libraries agree about tokens")
struct IndependentLibraryTests {
    /// Runs a Python program with a JSON document as its input, and reads the one that it prints.
    private func python(_ program: String, _ input: JSON) async throws -> JSON {
        let done = try await ChildProcess.run(
            Tool.python.required(), ["-c", program], input: input.encoded(.compact))
        try #require(done.exit == .code(0), "\(done.errors)")
        return try JSON.parse(Array(done.output.utf8))
    }

    @Test("they verify what we sign, and refuse it changed", .enabled(if: Tool.python.isAvailable))
    func ours() async throws {
        let key = try P256PrivateKey.generate()
        let jwk = JWK(.p256(key.publicKey), id: "k1")
        // Many, because r and s begin with a zero byte in one of 128.
        let tokens = try (0..<300).map { number in
            try JWS.sign(
                ["iss": "https://a.example", "jti": .string("\(number)"), "exp": 4_000_000_000], type: "at+jwt",
                keyID: "k1", with: key)
        }
        let found = try await python(
            """
            import json, sys, warnings
            warnings.simplefilter("ignore")
            import jwt
            from authlib.jose import JsonWebToken, JsonWebKey
            from joserfc import jws
            from joserfc.jwk import ECKey
            given = json.load(sys.stdin)
            key = jwt.PyJWK(given["jwk"]).key
            other = JsonWebKey.import_key(given["jwk"])
            third = ECKey.import_key(given["jwk"])
            counts = [0, 0, 0, 0]
            for number, token in enumerate(given["tokens"]):
                counts[0] += jwt.decode(token, key, algorithms=["ES256"])["jti"] == str(number)
                counts[1] += JsonWebToken(["ES256"]).decode(token, other)["jti"] == str(number)
                counts[2] += json.loads(jws.deserialize_compact(token, third, algorithms=["ES256"]).payload)["jti"] == str(number)
                head, body, signature = token.split(".")
                try:
                    jwt.decode(".".join([head, body, signature[:-4] + ("AAAA" if signature[-4:] != "AAAA" else "BBBA")]), key, algorithms=["ES256"])
                except jwt.InvalidTokenError:
                    counts[3] += 1
            print(json.dumps(counts))
            """, ["jwk": jwk.json, "tokens": .array(tokens.map { .string($0) })])
        #expect(found == [300, 300, 300, 300])
    }

    @Test("we verify what they sign with ES256 and RS256", .enabled(if: Tool.python.isAvailable))
    func theirs() async throws {
        let found = try await python(
            """
            import json, sys, warnings
            warnings.simplefilter("ignore")
            import jwt
            from authlib.jose import JsonWebToken
            from cryptography.hazmat.primitives.asymmetric import ec, rsa
            from cryptography.hazmat.primitives import serialization
            pem = lambda key: key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            one, two = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
            small = rsa.generate_private_key(65537, 1024)
            public = lambda algorithm, key, kid: {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}
            ES, RS = jwt.algorithms.ECAlgorithm, jwt.algorithms.RSAAlgorithm
            tokens = []
            for number in range(100):
                claims = {"iss": "c", "jti": str(number), "exp": 4000000000}
                tokens.append(jwt.encode(claims, one, "ES256", {"kid": "e"}))
                tokens.append(jwt.encode(claims, two, "RS256", {"kid": "r"}))
                tokens.append(JsonWebToken(["ES256"]).encode({"alg": "ES256", "kid": "e"}, claims, pem(one)).decode())
                tokens.append(JsonWebToken(["RS256"]).encode({"alg": "RS256", "kid": "r"}, claims, pem(two)).decode())
            claims = {"iss": "c", "exp": 4000000000}
            tricks = [
                jwt.encode(claims, None, "none", {"kid": "e"}),
                jwt.encode(claims, "x" * 64, "HS256", {"kid": "e"}),
                jwt.encode(claims, two, "RS384", {"kid": "r"}),
                jwt.encode(claims, two, "RS512", {"kid": "r"}),
                jwt.encode(claims, two, "PS256", {"kid": "r"}),
                jwt.encode(claims, two, "RS256", {"kid": "e"}),
                jwt.encode(claims, one, "ES256", {"kid": "r"}),
                jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "e"}),
                jwt.encode(claims, ec.generate_private_key(ec.SECP384R1()), "ES384", {"kid": "e"}),
                jwt.encode(claims, ec.generate_private_key(ec.SECP256K1()), "ES256K", {"kid": "e"}),
                jwt.encode(claims, one, "ES256"),
                jwt.encode(claims, one, "ES256", {"kid": "e", "crit": ["exp"], "exp": 1}),
                jwt.encode(claims, one, "ES256", {"kid": "e", "jwk": public(ES, one, "e")}),
                jwt.encode(claims, one, "ES256", {"kid": "e", "jku": "https://evil.example/keys"}),
            ]
            print(json.dumps({
                "keys": [public(ES, one, "e"), public(RS, two, "r")], "small": public(RS, small, "s"),
                "pem": pem(one).decode(), "tokens": tokens, "tricks": tricks}))
            """, .null)
        let keys = try JWKSet(try #require(.some(["keys": found["keys"] ?? .null])))
        let tokens = try #require(found["tokens"]?.array).compactMap(\.string)
        #expect(tokens.count == 400)
        for (number, token) in tokens.enumerated() {
            let claims = try JWS.verify(token, keys: keys, policy: .clientAssertion).claims()
            #expect(claims.id == "\(number / 4)")
        }
        let tricks = try #require(found["tricks"]?.array).compactMap(\.string)
        #expect(tricks.count == 14)
        for trick in tricks {
            var policy = JWSPolicy.clientAssertion
            policy.needsKeyID = true
            #expect(throws: JWSError.self) { try JWS.verify(trick, keys: keys, policy: policy) }
        }
        #expect(throws: CryptographyError.self) { try JWK.parse(try #require(found["small"])) }
        let pem = try #require(found["pem"]?.string)
        let key = try P256PrivateKey(pem: Secret(pem))
        #expect(keys.keys.contains { $0.key == .p256(key.publicKey) })
    }
}
