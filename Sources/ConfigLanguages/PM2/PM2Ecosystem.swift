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
        /// What PM2 starts; a file that is read need not have it.
        package var script: String?
        package var cwd: String?
        package var interpreter: String?
        /// In file order.
        package var env: [Variable]
        /// The writer's own number for the settings; the printer says which lines they got.
        package var tag: Int?

        package init(
            name: String, script: String? = nil, cwd: String? = nil, interpreter: String? = nil, env: [Variable],
            tag: Int? = nil
        ) {
            self.name = name
            self.script = script
            self.cwd = cwd
            self.interpreter = interpreter
            self.env = env
            self.tag = tag
        }

        /// The members before `env`, in their order.
        var settings: [(name: String, value: String)] {
            [("name", name), ("script", script), ("cwd", cwd), ("interpreter", interpreter)]
                .compactMap { key, value in value.map { (key, $0) } }
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
