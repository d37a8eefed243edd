extension ClientWalk {
    /// Asks, and follows what this client follows of redirects.
    mutating func ask(_ request: ClientRequest, at stage: JourneyStage) throws(Stop) -> ClientResponse {
        var request = request
        // Five are followed, and the answer to the sixth counts as it is.
        for followed in 0...5 {
            switch edge.answer(request) {
            case .response(let response):
                note(stage, "\(request.method) \(request.url)", Self.summary(response))
                guard followed < 5, let next = redirected(request, by: response) else { return response }
                request.url = next
            case .failed(let why):
                note(stage, "\(request.method) \(request.url)", why)
                throw fail(.unreachable, at: stage, request.url, found: why, expected: "an answer")
            case .withheld(let why):
                note(stage, "\(request.method) \(request.url)", "not asked: \(why)")
                throw Stop(outcome: .stopped(before: stage, why: why))
            }
        }
        return ClientResponse(508)
    }

    /// The same origin, and a method that stays.
    private func redirected(_ request: ClientRequest, by response: ClientResponse) -> String? {
        guard traits.followsRedirects, [301, 302, 303, 307, 308].contains(response.status),
            request.method == "GET" || response.status == 307 || response.status == 308,
            let from = ClientURL(request.url), let location = response.value(of: "Location"),
            let next = from.resolved(location), next.origin == from.origin
        else { return nil }
        return next.text
    }

    mutating func note(_ stage: JourneyStage, _ request: String, _ answer: String) {
        journey.steps.append(Journey.Step(stage: stage, request: request, answer: answer))
    }

    /// Adds to the step that was taken last.
    mutating func remark(_ text: String) {
        guard !journey.steps.isEmpty else { return }
        journey.steps[journey.steps.count - 1].remark = text
    }

    mutating func detour(_ text: String) { journey.detours.append(text) }

    func fail(
        _ kind: JourneyFailure.Kind, at stage: JourneyStage, _ url: String, found: String, expected: String
    ) -> Stop {
        let failure = JourneyFailure(kind: kind, url: url, found: found, expected: expected)
        return Stop(outcome: .failed(client.saying(failure), at: stage))
    }

    /// `200 application/json`
    static func summary(_ response: ClientResponse) -> String {
        let type = response.value(of: "Content-Type").map { " \($0.prefix { $0 != ";" })" } ?? ""
        let place =
            (300..<400).contains(response.status) ? response.value(of: "Location").map { " to \($0)" } ?? "" : ""
        return "\(response.status)\(place)\(place.isEmpty ? type : "")"
    }
}
