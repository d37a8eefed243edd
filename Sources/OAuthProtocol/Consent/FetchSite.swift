import WebSyntax

/// `Sec-Fetch-Site` (Fetch Metadata §2.3), where the browser says who made the request.
package enum FetchSite {
    /// True when a form may be taken; browsers that do not send the field are held by the form's token alone.
    package static func allowsForm(_ value: String?) -> Bool {
        value.map { $0.hasSameBytes(as: "same-origin") } ?? true
    }
}
