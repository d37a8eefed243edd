import OAuthProtocol
import OAuthStores

extension OAuthStoreConformance {
    static let pendingTrials = [
        OAuthStoreConformance("a pending authorization is found until it expires") { store in
            try await store.begin(Fixture.pending(1), limit: 10)
            try expect(
                try await store.pendingAuthorization(Fixture.hash(1, 1), now: Fixture.at(599)), Fixture.pending(1))
            try expect(try await store.pendingAuthorization(Fixture.hash(1, 1), now: Fixture.at(600)), nil)
            try expect(try await store.advance(Fixture.pending(1), now: Fixture.at(600)), false)
            let code = Fixture.code(1)
            try expect(
                try await store.approve(Fixture.pending(1), code: code, now: Fixture.at(600)), false)
            try expect(try await store.authorizationCode(code.hash), nil)
        },
        OAuthStoreConformance("a step is taken once") { store in
            try await store.begin(Fixture.pending(1), limit: 10)
            var next = Fixture.pending(1)
            next.details = "{\"user\":1}"
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { [next] in try await store.advance(next, now: Fixture.at(1)) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(taken, 1)
            next.revision = 1
            try expect(try await store.pendingAuthorization(next.id, now: Fixture.at(1)), next)
        },
        OAuthStoreConformance("of many approvals at once one gives a code") { store in
            try await store.begin(Fixture.pending(1), limit: 10)
            let approved = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await store.approve(
                            Fixture.pending(1), code: Fixture.code(number), now: Fixture.at(1))
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(approved, 1)
            var codes = 0
            for number in 0..<16 where try await store.authorizationCode(Fixture.hash(2, number)) != nil {
                codes += 1
            }
            try expect(codes, 1)
        },
        OAuthStoreConformance("C09 C42 an answer is kept, and gives way to no other that was on its way") { store in
            for (number, isApproval) in [(1, true), (2, false)] {
                try await store.begin(Fixture.pending(number), limit: 10)
                var answered = Fixture.pending(number)
                answered.details = #"{"answer":\#(isApproval)}"#
                let code = Fixture.code(number)
                let isTaken =
                    isApproval
                    ? try await store.approve(answered, code: code, now: Fixture.at(1))
                    : try await store.advance(answered, now: Fixture.at(1))
                try expect(isTaken, true)
                try expect(try await store.advance(Fixture.pending(number), now: Fixture.at(2)), false)
                try expect(
                    try await store.approve(
                        Fixture.pending(number), code: Fixture.code(number + 10), now: Fixture.at(2)),
                    false)
                answered.revision = 1
                try expect(try await store.pendingAuthorization(answered.id, now: Fixture.at(599)), answered)
                try expect(try await store.pendingAuthorization(answered.id, now: Fixture.at(600)), nil)
                try expect(try await store.authorizationCode(code.hash) != nil, isApproval)
                try expect(try await store.authorizationCode(Fixture.hash(2, number + 10)), nil)
            }
        },
        OAuthStoreConformance("B44 the oldest pending authorizations give way to the limit") { store in
            for number in 0..<50 { try await store.begin(Fixture.pending(number), limit: 20) }
            var kept: [Int] = []
            for number in 0..<50
            where try await store.pendingAuthorization(Fixture.hash(1, number), now: Fixture.at(1)) != nil {
                kept.append(number)
            }
            try expect(kept, Array(30..<50))
        },
    ]
}
