import ConfigLanguages
import OAuthProtocol
import Templates

/// Asks whether a client may act for somebody. The form posts `decision`, `allow`, `deny` or `another-account`, and the
/// hidden fields.
///
/// The host that gets the access stands out most: a name is anybody's to choose.
struct ConsentPage: Page {
    /// The path that the form is posted to.
    var action: String
    var hidden: [HiddenField]
    var question: ConsentQuestion
    /// Who is signed in, as a person knows it.
    var subject: String

    let status = 200

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(.consentTitle) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        let lead = HTMLNode.lead(
            question.clientName, named: .consentLead, unnamed: .consentLeadUnnamed, templates)
        let values: [String: Fragment<HTMLLanguage>] = [
            "redirect_host": HTMLLanguage.text(question.redirectHost),
            "lead": .lines([lead]),
            "client_id": HTMLLanguage.text(question.clientID.shortened),
            "subject": HTMLLanguage.text(subject.shortened),
            "resource": HTMLLanguage.text(question.resource),
            "action": try HTMLLanguage.url(action),
            "warnings": .lines(question.warnings.map { warning($0, templates) }),
            "introduction": .lines(question.clientHost.map { [introduction($0, templates)] } ?? []),
            "scopes": .lines(scopes(templates)),
            "fields": try HiddenField.lines(hidden),
        ]
        return try templates.render(.consent, values)
    }

    private func warning(_ warning: ConsentQuestion.Warning, _ templates: PageTemplates) -> HTMLNode {
        let host = ["redirect_host": question.redirectHost]
        let text =
            switch warning {
            case .loopback: templates.text(.warningLoopback)
            case .privateUseScheme: templates.text(.warningPrivateScheme, host)
            case .otherHost:
                templates.text(
                    .warningOtherHost, host.merging(["client_host": question.clientHost ?? ""]) { first, _ in first })
            }
        // The label, so that a warning is one without its colour too.
        let label = HTMLNode.element(.strong, [], [.fragment(templates.text(.warningLabel))])
        return .element(
            .p, [.text(.class, "warning"), .text(.role, "note")], [label, .text(" "), .fragment(text)])
    }

    private func introduction(_ host: String, _ templates: PageTemplates) -> HTMLNode {
        .element(
            .p, [.text(.class, "introduction")], [.fragment(templates.text(.introducedBy, ["client_host": host]))])
    }

    private func scopes(_ templates: PageTemplates) -> [HTMLNode] {
        let others = question.scopes.filter { $0 != Scopes.offlineAccess }
        var lines: [HTMLNode] = []
        if let name = question.unscopedConnector {
            lines.append(line(templates.text(.allTools, ["connector": name])))
        } else if others.isEmpty {
            lines.append(line(templates.text(.noScopes)))
        }
        lines += others.map { scope in line(templates.text(PageText(scope: scope)), scope) }
        if question.staysConnected {
            // It is so whether it was asked for or not, and is said then too.
            let scope = question.scopes.contains(Scopes.offlineAccess) ? Scopes.offlineAccess : nil
            lines.append(line(templates.text(.scopeOfflineAccess), scope))
        }
        return lines
    }

    private func line(_ words: Fragment<HTMLLanguage>, _ scope: String? = nil) -> HTMLNode {
        guard let scope else { return .element(.li, [], [.fragment(words)]) }
        return .element(
            .li, [], [.element(.span, [], [.fragment(words)]), .text(" "), .element(.code, [], [.text(scope)])])
    }
}

extension PageText {
    /// What a scope means in words; the scopes of a resource are the deployment's own.
    fileprivate init(scope: String) {
        self =
            switch scope {
            case "openid": .scopeOpenID
            case "profile": .scopeProfile
            case "email": .scopeEmail
            default: .scopeOther
            }
    }
}
