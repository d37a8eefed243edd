/// A PM2 ecosystem file as JSON: the applications and the environment that each gets (`apps[].env`).
///
/// No env dialect applies here. Values are strings; a number or boolean in a file that is read becomes the string that
/// PM2 makes of it.
package struct PM2Ecosystem: Hashable, Sendable {
    package struct Variable: Hashable, Sendable {
        package var name: String
        package var value: String
        /// The writer's own number for the variable; the printer says which line it got.
        package var tag: Int?

        package init(name: String, value: String, tag: Int? = nil) {
            self.name = name
            self.value = value
            self.tag = tag
        }
    }

    package struct App: Hashable, Sendable {
        package var name: String
        /// In file order.
        package var env: [Variable]

        package init(name: String, env: [Variable]) {
            self.name = name
            self.env = env
        }
    }

    /// What a comment would say, in the `_generated` member, one string to a line; empty leaves it out.
    package var banner: [String]
    package var apps: [App]

    package init(banner: [String] = [], apps: [App]) {
        self.banner = banner
        self.apps = apps
    }
}
