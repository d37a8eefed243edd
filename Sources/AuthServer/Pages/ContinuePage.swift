import ConfigLanguages
import Templates

/// Answers a posted form with the way back to the client, by a refresh and by a link.
///
/// Chromium holds `form-action` against every redirect that follows a posted form, so a redirect to the client would
/// need the client's origin in the policy. A page that leads on needs nothing, and works without script.
struct ContinuePage: Page {
    /// The whole `Location`: the redirect URI with its code or error, state and `iss`.
    var location: String
    var redirectHost: String

    let status = 200
    var refresh: String? { location }

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(.continueTitle) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        try templates.render(
            .proceed,
            ["redirect_host": HTMLLanguage.text(redirectHost), "location": try HTMLLanguage.url(location)])
    }
}
