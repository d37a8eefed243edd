import Testing

@testable import Diagnostics

@Suite struct TerminalStyleTests {
    @Test(
        "colour follows the option, then NO_COLOR, then what forces it, then the terminal",
        arguments: [
            (.auto, [:], true, true),
            (.auto, [:], false, false),
            (.auto, ["NO_COLOR": "1"], true, false),
            (.auto, ["NO_COLOR": ""], true, true),
            (.auto, ["CLICOLOR": "0"], true, false),
            (.auto, ["TERM": "dumb"], true, false),
            (.auto, ["CLICOLOR_FORCE": "1"], false, true),
            (.auto, ["FORCE_COLOR": "1", "TERM": "dumb"], false, true),
            (.auto, ["FORCE_COLOR": "0"], false, false),
            (.auto, ["FORCE_COLOR": ""], false, false),
            (.auto, ["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
            (.always, ["NO_COLOR": "1"], false, true),
            (.never, ["FORCE_COLOR": "1"], true, false),
        ] as [(TerminalStyle.ColorOption, [String: String], Bool, Bool)])
    func color(option: TerminalStyle.ColorOption, environment: [String: String], isTerminal: Bool, expected: Bool) {
        let style = TerminalStyle.decide(colorOption: option, environment: environment, isTerminal: isTerminal)
        #expect(style.isColored == expected)
    }

    @Test(
        "Unicode follows the first locale variable that is set",
        arguments: [
            (["LANG": "de_DE.UTF-8"], true),
            (["LANG": "C.utf8"], true),
            (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false),
            (["LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"], true),
            ([:], false),
        ] as [([String: String], Bool)])
    func unicode(environment: [String: String], expected: Bool) {
        #expect(TerminalStyle.decide(environment: environment, isTerminal: true).showsUnicode == expected)
    }
}
