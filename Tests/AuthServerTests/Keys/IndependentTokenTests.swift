import Cryptography
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("independent libraries take our tokens with our key set")
struct IndependentTokenTests {
    @Test(
        "J01 J30 D31 PyJWT, Authlib and joserfc verify access token and ID token and check their claims",
        .enabled(if: Tool.python.isAvailable), arguments: ["ES256", "RS256"])
    func verification(identity: String) async throws {
        let server = try await InProcessServer.issuing { $0.openID = identity == TokenFormat.idTokenAlgorithm }
        let details = CodeDetails(nonce: "n-1", authenticatedAt: server.now).storedText
        // The set as it is in the middle of a rotation.
        _ = try await server.services.signing.rotate(now: server.now)
        let answer = try await server.grant(scope: "openid mcp.tools", details: details)
        let program = """
            import json, sys, warnings, hashlib, base64
            warnings.simplefilter("ignore")
            import jwt
            from authlib.jose import JsonWebKey
            from authlib.oidc.core import CodeIDToken
            from authlib.oauth2.rfc9068.claims import JWTAccessTokenClaims
            from authlib.jose import JsonWebToken
            from joserfc import jwt as jose
            from joserfc.jwk import KeySet
            given = json.load(sys.stdin)
            now = given["now"]
            found = {}
            access, identity = given["access"], given["id"]
            keys = jwt.PyJWKSet.from_dict(given["jwks"])
            def pick(token): return keys[jwt.get_unverified_header(token)["kid"]].key
            quiet = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
            claims = jwt.decode(access, pick(access), algorithms=["ES256"], audience=given["resource"], issuer=given["issuer"],
                options={**quiet, "require": ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"]})
            found["pyjwt access"] = claims["sub"]
            claims = jwt.decode(identity, pick(identity), algorithms=[given["alg"]], audience="cid_mcp", issuer=given["issuer"],
                options={**quiet, "require": ["iss", "exp", "aud", "sub", "iat"]})
            found["pyjwt id"] = claims["nonce"]
            set = JsonWebKey.import_key_set(given["jwks"])
            both = JsonWebToken(["ES256", given["alg"]])
            options = {"iss": {"essential": True, "value": given["issuer"]}, "aud": {"essential": True, "value": given["resource"]}}
            claims = both.decode(access, set, claims_cls=JWTAccessTokenClaims, claims_options={**options, "sub": {"essential": True}, "client_id": {"essential": True}, "iat": {"essential": True}, "jti": {"essential": True}, "exp": {"essential": True}})
            claims.validate(now=now)
            found["authlib access"] = claims["client_id"]
            claims = both.decode(identity, set, claims_cls=CodeIDToken, claims_params={"nonce": "n-1", "client_id": "cid_mcp", "access_token": access},
                claims_options={"iss": {"essential": True, "value": given["issuer"]}, "aud": {"essential": True, "value": "cid_mcp"}})
            claims.validate(now=now)
            found["authlib id"] = claims["sub"]
            decoded = jose.decode(access, KeySet.import_key_set(given["jwks"]), algorithms=["ES256"])
            found["joserfc access"] = decoded.header["typ"]
            found["joserfc id"] = jose.decode(identity, KeySet.import_key_set(given["jwks"]), algorithms=[given["alg"]]).header["typ"]
            half = base64.urlsafe_b64encode(hashlib.sha256(access.encode()).digest()[:16]).rstrip(b"=").decode()
            found["at_hash"] = claims["at_hash"] == half
            print(json.dumps(found))
            """
        let input: JSON = [
            "jwks": try JSON.parse(server.ring.document.body), "access": answer["access_token"] ?? .null,
            "id": answer["id_token"] ?? .null, "issuer": .string(Sample.issuer),
            "resource": .string(GrantFixture.resource), "now": .int(Int(server.now.seconds)),
            "alg": .string(identity),
        ]
        let done = try await ChildProcess.run(
            Tool.python.required(), ["-c", program], input: input.encoded(.compact))
        try #require(done.exit == .code(0), "\(done.errors)")
        #expect(
            try JSON.parse(Array(done.output.utf8)) == [
                "pyjwt access": "user-1", "pyjwt id": "n-1", "authlib access": "cid_mcp", "authlib id": "user-1",
                "joserfc access": "at+jwt", "joserfc id": "JWT", "at_hash": true,
            ])
    }
}
