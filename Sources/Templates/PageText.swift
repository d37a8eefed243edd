/// The sentences of the pages that code chooses among; the others stand in the templates.
package enum PageText: String, Hashable, Sendable, CaseIterable {
    // Sign-in
    case signInTitle = "sign_in_title"
    case signInLead = "sign_in_lead"
    case signInLeadUnnamed = "sign_in_lead_unnamed"
    case signInRefused = "sign_in_refused"
    case signInThrottled = "sign_in_throttled"
    case signInBusy = "sign_in_busy"

    // Sign-in at a provider
    case providerTitle = "provider_title"
    case onwardTitle = "onward_title"

    // Consent
    case consentTitle = "consent_title"
    case consentLead = "consent_lead"
    case consentLeadUnnamed = "consent_lead_unnamed"
    case introducedBy = "introduced_by"
    case warningLabel = "warning_label"
    case warningLoopback = "warning_loopback"
    case warningPrivateScheme = "warning_private_scheme"
    case warningOtherHost = "warning_other_host"
    case allTools = "all_tools"
    case noScopes = "no_scopes"
    case scopeOpenID = "scope_openid"
    case scopeProfile = "scope_profile"
    case scopeEmail = "scope_email"
    case scopeOfflineAccess = "scope_offline_access"
    case scopeOther = "scope_other"

    // Back to the application
    case continueTitle = "continue_title"

    // Messages
    case expiredTitle = "expired_title"
    case expiredText = "expired_text"
    case unknownClientTitle = "unknown_client_title"
    case unknownClientText = "unknown_client_text"
    case redirectTitle = "redirect_title"
    case redirectText = "redirect_text"
    case requestTitle = "request_title"
    case requestText = "request_text"
    case otherBrowserTitle = "other_browser_title"
    case otherBrowserText = "other_browser_text"
    case missingCookieTitle = "missing_cookie_title"
    case missingCookieText = "missing_cookie_text"
    case deniedTitle = "denied_title"
    case deniedText = "denied_text"
    case tooManyTitle = "too_many_title"
    case tooManyText = "too_many_text"
    case unavailableTitle = "unavailable_title"
    case unavailableText = "unavailable_text"
    case notFoundTitle = "not_found_title"
    case notFoundText = "not_found_text"
    case failureTitle = "failure_title"
    case failureText = "failure_text"
    case notAdmittedTitle = "not_admitted_title"
    case notAdmittedText = "not_admitted_text"

    /// The values that the sentence has placeholders for.
    var placeholders: [TemplatePlaceholder] {
        switch self {
        case .signInThrottled, .tooManyText, .unavailableText: [.inline("seconds")]
        case .signInLead, .consentLead: [.inline("client_name")]
        case .allTools: [.inline("connector")]
        case .introducedBy: [.inline("client_host")]
        case .warningPrivateScheme: [.inline("redirect_host")]
        case .warningOtherHost: [.inline("client_host"), .inline("redirect_host")]
        default: []
        }
    }
}
