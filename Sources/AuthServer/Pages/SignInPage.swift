import ConfigLanguages
import OAuthProtocol
import Templates

/// Asks for name and password, and says first what for. The form posts `username`, `password` and the hidden fields.
struct SignInPage: Page {
    /// What came of the last attempt.
    enum Notice: Hashable, Sendable {
        case refused
        /// Seconds.
        case throttled(retryAfter: Int)
        case busy
    }

    /// The path that the form is posted to.
    var action: String
    var hidden: [HiddenField]
    var redirectHost: String
    /// What the client calls itself; nil where it says nothing.
    var clientName: String?
    /// What was typed before.
    var username: String
    var notice: Notice?

    init(
        redirectHost: String, clientName: String?, action: String, hidden: [HiddenField], username: String = "",
        notice: Notice? = nil
    ) {
        self.redirectHost = redirectHost
        self.clientName = clientName
        self.action = action
        self.hidden = hidden
        self.username = username
        self.notice = notice
    }

    /// The sign-in that comes before a consent.
    init(
        _ question: ConsentQuestion, action: String, hidden: [HiddenField], username: String = "",
        notice: Notice? = nil
    ) {
        self.init(
            redirectHost: question.redirectHost, clientName: question.clientName, action: action, hidden: hidden,
            username: username, notice: notice)
    }

    var status: Int {
        switch notice {
        case nil: 200
        case .refused: 403
        case .throttled: 429
        case .busy: 503
        }
    }

    var fields: [ResponseField] {
        switch notice {
        case nil, .refused: []
        case .throttled(let seconds): [ResponseField("Retry-After", String(seconds))]
        case .busy: [ResponseField("Retry-After", "2")]
        }
    }

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(.signInTitle) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        try templates.render(
            .signIn,
            [
                "redirect_host": HTMLLanguage.text(redirectHost),
                "lead": .lines([
                    .lead(clientName, named: .signInLead, unnamed: .signInLeadUnnamed, templates)
                ]),
                "username": HTMLLanguage.text(username.shortened),
                "invalid": HTMLLanguage.text(notice == .refused ? "true" : "false"),
                "action": try HTMLLanguage.url(action),
                "notice": .lines(notice.map { [noticeNode($0, templates)] } ?? []),
                "fields": try HiddenField.lines(hidden),
            ])
    }

    private func noticeNode(_ notice: Notice, _ templates: PageTemplates) -> HTMLNode {
        let text =
            switch notice {
            case .refused: templates.text(.signInRefused)
            case .throttled(let seconds): templates.text(.signInThrottled, ["seconds": String(seconds)])
            case .busy: templates.text(.signInBusy)
            }
        return .element(.p, [.text(.class, "notice"), .text(.role, "alert")], [.fragment(text)])
    }
}

extension HTMLNode {
    /// The sentence below a heading that says which application asks, with what it calls itself standing out.
    static func lead(
        _ clientName: String?, named: PageText, unnamed: PageText, _ templates: PageTemplates
    ) -> HTMLNode {
        let name = clientName.map { name in
            HTMLNode.element(.strong, [], [.element(.bdi, [], [.text(name.shortened)])])
        }
        let text = name.map { templates.text(named, nodes: ["client_name": $0]) } ?? templates.text(unnamed)
        return .element(.p, [.text(.class, "lead")], [.fragment(text)])
    }
}

extension String {
    /// At most as much of a text that somebody chose as a page has room for. Never used for a host: its end is what
    /// counts.
    var shortened: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: 256, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }
}
