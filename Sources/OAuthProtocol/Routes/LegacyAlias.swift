import OAuthModel
package import RuntimeConfig

extension RuntimeConfig.Alias {
    /// The life of an alias by its sunset date.
    package enum Phase: Hashable, Sendable {
        case served
        /// Served, but the end is near: worth a warning in the log.
        case ending
        /// Past its day: 410.
        case gone
    }

    /// The phase on a day in UTC, `YYYY-MM-DD`; an alias whose sunset comes before `warningFrom`, a date some days
    /// ahead, is ending.
    package func phase(today: String, warningFrom: String) -> Phase {
        if sunset.text < today { return .gone }
        return sunset.text < warningFrom ? .ending : .served
    }
}
