import TestSupport
import Testing

@testable import RuntimeConfig

@Suite("the tables of the runtime config")
struct ReferenceTests {
    @Test("the committed reference page is the one that the tables make")
    func committedPage() throws { try Golden("docs/runtime-config.md").expect(RuntimeReference.markdown) }

    @Test("every member says in a sentence what it means, and no object has one twice")
    func members() {
        func visit(_ members: [MemberReference], _ path: String) {
            #expect(Set(members.map(\.name)).count == members.count, "\(path)")
            for member in members {
                #expect(member.summary.hasSuffix("."), "\(path).\(member.name)")
                visit(member.members, "\(path).\(member.name)")
            }
        }
        visit(RuntimeConfig.codec.members, "")
    }
}
