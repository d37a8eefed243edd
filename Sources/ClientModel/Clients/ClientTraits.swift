import JSONSyntax

/// In what client libraries differ on their way in. Each member is one of the same name in `Catalogue/implementations.json`.
package struct ClientTraits: Hashable, Sendable {
    /// Where resource metadata is looked for, in order (RFC 9728, section 3.1 and 5.1).
    package enum ResourcePlace: String, Hashable, Sendable {
        case challenge, inserted, appended, root
    }

    /// Where authorization server metadata is looked for, in order (RFC 8414, section 3.1; OpenID Connect Discovery, section 4).
    package enum ServerPlace: String, Hashable, Sendable {
        case oauthInserted = "oauth_inserted"
        case openIDInserted = "openid_inserted"
        case openIDAppended = "openid_appended"
        case oauthRoot = "oauth_root"
    }

    /// What a document does that cannot be had or read.
    package enum Bad: String, Hashable, Sendable {
        /// The next place is asked.
        case next
        case stops
        /// As `stops`, but 502 counts as a document that is not there.
        case stopsBut502 = "stops_but_502"
        /// The next place is asked, and when none has a document this ends the way in.
        case stopsAtEnd = "stops_at_end"
        /// No further place is asked, and endpoints are guessed.
        case guesses
    }

    package enum ResourceMatch: String, Hashable, Sendable {
        /// The same URL.
        case exact
        /// The same origin, and the path begins with its path.
        case prefix
        /// The same URL, or in the document at the root the origin, unless the challenge named that document.
        case place
    }

    package enum IssuerMatch: String, Hashable, Sendable {
        case ignored
        case exact
        /// A slash at the end of a URL without a path counts for nothing.
        case exactButRootSlash = "exact_but_root_slash"
        /// One slash at the end counts for nothing.
        case exactButOneSlash = "exact_but_one_slash"
    }

    package enum CodeChallenge: String, Hashable, Sendable {
        case ignored
        case required = "s256_required"
        case someRequired = "some_required"
        /// Without a list S256 is taken for granted.
        case listed = "s256_if_listed"
    }

    /// Where endpoints are guessed when there is no authorization server metadata.
    package enum Guess: String, Hashable, Sendable {
        case origin, issuer, none
    }

    package enum IssuerParameter: String, Hashable, Sendable {
        case ignored, checked
        /// Refused as well where it comes without having been advertised.
        case checkedAndAdvertised = "checked_and_advertised"
    }

    package let needsChallenge: Bool
    package let resourcePlaces: [ResourcePlace]
    /// True when the URL of a challenge is the only one that is asked.
    package let challengeIsFinal: Bool
    package let resourceServerError: Bad
    package let resourceUnreadable: Bad
    package let resourceMatch: ResourceMatch
    /// False: the document is dropped, as if it were not there.
    package let resourceMismatchStops: Bool
    package let serverPlaces: [ServerPlace]
    package let serverError: Bad
    package let serverUnreadable: Bad
    package let issuerMatch: IssuerMatch
    package let guess: Guess
    package let codeChallenge: CodeChallenge
    package let needsResponseTypes: Bool
    package let issuerParameter: IssuerParameter
    /// True when a registration endpoint is guessed that the metadata does not have.
    package let guessesRegistration: Bool
    /// True when URLs without a path get a slash on being read.
    package let addsRootSlash: Bool
    /// True when redirects inside an origin are followed.
    package let followsRedirects: Bool
    /// True when `offline_access` is asked for wherever the server lists it.
    package let addsOfflineAccess: Bool

    init?(_ row: JSON) {
        func one<Value: RawRepresentable<String>>(_ name: String) -> Value? {
            row[name]?.string.flatMap(Value.init)
        }
        func list<Value: RawRepresentable<String>>(_ name: String) -> [Value]? {
            guard let texts = row[name]?.array else { return nil }
            let values = texts.compactMap { $0.string.flatMap(Value.init) }
            return values.count == texts.count ? values : nil
        }
        guard let needsChallenge = row["needs_challenge"]?.bool,
            let resourcePlaces: [ResourcePlace] = list("resource_places"),
            let challengeIsFinal = row["challenge_is_final"]?.bool,
            let resourceServerError: Bad = one("resource_server_error"),
            let resourceUnreadable: Bad = one("resource_unreadable"),
            let resourceMatch: ResourceMatch = one("resource_match"),
            let resourceMismatchStops = row["resource_mismatch_stops"]?.bool,
            let serverPlaces: [ServerPlace] = list("server_places"), let serverError: Bad = one("server_error"),
            let serverUnreadable: Bad = one("server_unreadable"), let issuerMatch: IssuerMatch = one("issuer_match"),
            let guess: Guess = one("guess"), let codeChallenge: CodeChallenge = one("code_challenge"),
            let needsResponseTypes = row["needs_response_types"]?.bool,
            let issuerParameter: IssuerParameter = one("issuer_parameter"),
            let guessesRegistration = row["guesses_registration"]?.bool,
            let addsRootSlash = row["adds_root_slash"]?.bool, let followsRedirects = row["follows_redirects"]?.bool,
            let addsOfflineAccess = row["adds_offline_access"]?.bool
        else { return nil }
        self.needsChallenge = needsChallenge
        self.resourcePlaces = resourcePlaces
        self.challengeIsFinal = challengeIsFinal
        self.resourceServerError = resourceServerError
        self.resourceUnreadable = resourceUnreadable
        self.resourceMatch = resourceMatch
        self.resourceMismatchStops = resourceMismatchStops
        self.serverPlaces = serverPlaces
        self.serverError = serverError
        self.serverUnreadable = serverUnreadable
        self.issuerMatch = issuerMatch
        self.guess = guess
        self.codeChallenge = codeChallenge
        self.needsResponseTypes = needsResponseTypes
        self.issuerParameter = issuerParameter
        self.guessesRegistration = guessesRegistration
        self.addsRootSlash = addsRootSlash
        self.followsRedirects = followsRedirects
        self.addsOfflineAccess = addsOfflineAccess
    }
}
