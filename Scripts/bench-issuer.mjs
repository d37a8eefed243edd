// An issuer for Scripts/bench-auth: its key set, and what it says about tokens.
//
// usage: node bench-issuer.mjs PORT RESOURCE FILE COUNT jwt|opaque
// Writes COUNT tokens to FILE, one a line, and prints "up" when it listens.
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";

const [port, resource, file, count, kind] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const now = Math.floor(Date.now() / 1000);
const claims = { iss: issuer, aud: resource, sub: "alice", client_id: "cid_bench", scope: "mcp.tools", iat: now, exp: now + 3600 };

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signed(number) {
  const text = encoded({ alg: "ES256", typ: "at+jwt", kid: "k1" }) + "." + encoded({ ...claims, jti: String(number) });
  return text + "." + sign("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
}

const lines = [];
for (let number = 0; number < Number(count); number++) {
  lines.push(kind === "jwt" ? signed(number) : "opaque-" + String(number).padStart(40, "0"));
}
writeFileSync(file, lines.join("\n") + "\n");

const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "ES256" }] });
const answer = JSON.stringify({ active: true, ...claims });
createServer((request, response) => {
  request.resume();
  response.setHeader("Content-Type", "application/json");
  response.end(request.url === "/keys" ? keys : answer);
}).listen(Number(port), "127.0.0.1", () => console.log("up"));
