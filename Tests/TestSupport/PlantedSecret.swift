/// Texts with the shapes of vendors' secrets, made up here: none of them was ever issued. They are put together from
/// parts, so that no scanner of repositories takes this file for a leak.
package struct PlantedSecret: Sendable, CustomStringConvertible {
    package let vendor: String
    package let text: String
    package var description: String { vendor }

    private init(_ vendor: String, _ parts: String...) {
        self.vendor = vendor
        text = parts.joined()
    }

    private static let digits = "0123456789"
    private static let lower = "abcdefghijklmnopqrstuvwxyz"
    private static let mixed = "aB3dE5gH7jK9mN2pQ4sT6vW8yZ1cF0xR3uI5oL7"
    private static let upper = "Q7RSTUVWXYZ23456ABCDEFGHIJKLMNOP"
    private static let hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    private static func mixed(_ count: Int) -> String { String((mixed + mixed + mixed).prefix(count)) }
    private static func hex(_ count: Int) -> String {
        String(String(repeating: hex, count: count / hex.count + 1).prefix(count))
    }

    package static let all: [PlantedSecret] = [
        PlantedSecret("OpenAI", "sk", "-", mixed(48)), PlantedSecret("OpenAI project", "sk-", "proj-", mixed(48)),
        PlantedSecret("OpenAI service", "sk-", "svcacct-", mixed(48)),
        PlantedSecret("Anthropic", "sk-", "ant-", "api03-", mixed(60)),
        PlantedSecret("GitHub classic", "gh", "p_", lower, digits),
        PlantedSecret("GitHub OAuth", "gh", "o_", mixed(36)),
        PlantedSecret("GitHub app", "gh", "s_", mixed(36)), PlantedSecret("GitHub user", "gh", "u_", mixed(36)),
        PlantedSecret("GitHub refresh", "gh", "r_", mixed(36)),
        PlantedSecret("GitHub fine-grained", "github", "_pat_", mixed(22), "_", mixed(39)),
        PlantedSecret("GitLab", "gl", "pat-", mixed(20)), PlantedSecret("GitLab runner", "gl", "rt-", mixed(20)),
        PlantedSecret("Slack bot", "xo", "xb-", "123456789012-", "1234567890123-", mixed(24)),
        PlantedSecret("Slack user", "xo", "xp-", "123456789012-", mixed(24)),
        PlantedSecret("Slack app", "xa", "pp-1-", "A0B1C2D3E4F-", mixed(24)),
        PlantedSecret("AWS", "AK", "IA", String(upper.prefix(16))),
        PlantedSecret("AWS session", "AS", "IA", String(upper.prefix(16))),
        PlantedSecret("Google", "AI", "za", mixed(35)), PlantedSecret("Google OAuth", "GOC", "SPX-", mixed(28)),
        PlantedSecret("Google access", "ya", "29.", mixed(60)),
        PlantedSecret("Stripe", "sk", "_live_", mixed(24)),
        PlantedSecret("Stripe restricted", "rk", "_live_", mixed(24)),
        PlantedSecret("Stripe test", "sk", "_test_", mixed(24)),
        PlantedSecret("Stripe webhook", "wh", "sec_", mixed(32)),
        PlantedSecret("Twilio", "S", "K", hex(32)), PlantedSecret("SendGrid", "S", "G.", mixed(22), ".", mixed(39)),
        PlantedSecret("npm", "np", "m_", mixed(36)), PlantedSecret("PyPI", "py", "pi-", "AgEIcHlwaS5vcmc", mixed(50)),
        PlantedSecret("Hugging Face", "h", "f_", mixed(34)), PlantedSecret("Supabase", "sb", "p_", hex(40)),
        PlantedSecret("Supabase secret", "sb", "_secret_", mixed(31)),
        PlantedSecret("Azure", "abC", "8Q", "~", mixed(34)),
        PlantedSecret("Azure storage", "Account", "Key=", mixed(86), "=="),
        PlantedSecret("DigitalOcean", "do", "p_v1_", hex(64)), PlantedSecret("Cloudflare", "cf", "ut_", mixed(48)),
        PlantedSecret("Cloudflare origin", "v1", ".0-", hex(24), "-", hex(146)),
        PlantedSecret("Vault", "hv", "s.", mixed(24)), PlantedSecret("Docker", "dc", "kr_pat_", mixed(27)),
        PlantedSecret("Linear", "li", "n_api_", mixed(40)), PlantedSecret("Notion", "nt", "n_", mixed(46)),
        PlantedSecret("Notion of old", "sec", "ret_", mixed(43)),
        PlantedSecret("Telegram", "1234567890", ":AA", mixed(33)),
        PlantedSecret("Discord", "M", mixed(25), ".", mixed(6), ".", mixed(38)),
        PlantedSecret("Shopify", "sh", "pat_", hex(32)), PlantedSecret("Databricks", "da", "pi", hex(32)),
        PlantedSecret("Grafana", "gl", "sa_", mixed(32), "_", hex(8)),
        PlantedSecret("Tailscale", "ts", "key-auth-", mixed(16), "-", mixed(32)),
        PlantedSecret("bcrypt", "$2", "b$12$", mixed(53)),
        PlantedSecret("Argon2", "$arg", "on2id$v=19$m=65536,t=3,p=4$", mixed(22), "$", mixed(43)),
        PlantedSecret("connectorgen access token", "cg", "at_", mixed(43)),
        PlantedSecret("connectorgen refresh token", "cg", "rt_", mixed(43)),
        PlantedSecret("connectorgen client secret", "cg", "cs_", mixed(43)),
        PlantedSecret("JSON Web Token", "ey", "JhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiJub2JvZHkifQ.", mixed(43)),
        PlantedSecret("URL with a password", "postgres:", "//app:", mixed(16), "@db.example.com/app"),
    ]

    /// What of it no output may hold: the text, and halves that would be enough to know it.
    package var forbidden: [String] {
        let secret = text.split(separator: "@").first.map(String.init) ?? text
        let characters = Array(secret)
        guard vendor != "URL with a password" else { return [String(characters.suffix(16))] }
        return [text, String(characters.suffix(characters.count / 2))]
    }
}
