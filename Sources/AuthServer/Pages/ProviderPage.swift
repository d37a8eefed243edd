import ConfigLanguages
import OAuthProtocol
import Templates

/// Says what a sign-in at a provider is for, before the browser goes there. The form posts `decision`, `sign-in` or
/// `deny`, and the hidden fields: no site can send somebody through to a code without this page.
struct ProviderPage: Page {
    /// The path that the form is posted to.
    var action: String
    var hidden: [HiddenField]
    var redirectHost: String
    /// What the client calls itself; nil where it says nothing.
    var clientName: String?
    var providerHost: String

    let status = 200

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(.providerTitle) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        let lead = HTMLNode.lead(clientName, named: .signInLead, unnamed: .signInLeadUnnamed, templates)
        return try templates.render(
            .provider,
            [
                "redirect_host": HTMLLanguage.text(redirectHost), "provider_host": HTMLLanguage.text(providerHost),
                "lead": .lines([lead]), "action": try HTMLLanguage.url(action),
                "fields": try HiddenField.lines(hidden),
            ])
    }
}

/// Leads on to the provider after a form was posted, as ``ContinuePage`` leads back to the client.
struct OnwardPage: Page {
    var location: String
    var providerHost: String

    let status = 200
    var refresh: String? { location }

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(.onwardTitle) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        try templates.render(
            .onward,
            ["provider_host": HTMLLanguage.text(providerHost), "location": try HTMLLanguage.url(location)])
    }
}
