package import Diagnostics

// What several specs of one machine have to say to each other.
extension DiagnosticCode {
    package static let deploymentNameTwice = DiagnosticCode(
        430, "deployment-name-twice",
        summary: "Two specs have the same `name`.",
        why:
            "Upstreams, maps, zones, named locations and the folder of a deployment carry its name; nginx would refuse the "
            + "second, or one would overwrite the other.",
        remedy: "Give each deployment a name of its own.")
    package static let urlOfTwoDeployments = DiagnosticCode(
        431, "url-of-two-deployments",
        summary: "Two specs answer the same URL of a host.",
        why: "nginx stops with `duplicate location`, or one of the two is never reached.",
        remedy: "Give one of them another path.")
    package static let hostRootTwice = DiagnosticCode(
        432, "host-root-twice",
        summary: "Two specs own the root of one host.",
        why:
            "A host has its root documents once, and the answers to names that nobody serves: nginx stops with `duplicate "
            + "location` when both are included.",
        remedy: "Name the host in `targets.nginx.guest_on` of all specs but one.")
    package static let listenerOfTwoDeployments = DiagnosticCode(
        433, "listener-of-two-deployments",
        summary: "Two specs have connectorgen-auth listen on the same address.",
        why: "The second does not start; or on one machine the requests of both end at the first.",
        remedy: "Give each an `issuer.listen` and an `issuer.private_listen` of its own.")
    package static let fileOfTwoDeployments = DiagnosticCode(
        434, "file-of-two-deployments",
        summary: "Two specs write the same file or folder.",
        why: "What the one has written, the other overwrites; a store belongs to one server.",
        remedy: "Give each a place of its own.")
    package static let clientOfTwoIssuers = DiagnosticCode(
        435, "client-of-two-issuers", .warning,
        summary: "Two specs advertise one client id at different issuers.",
        why:
            "Clients remember what they learned of an id by the id: tokens and consent of the one issuer are then offered to "
            + "the other.",
        remedy: "Give each issuer client ids of its own.")

    /// All of them.
    package static let connectorCompilerCodes: [DiagnosticCode] = [
        .deploymentNameTwice, .urlOfTwoDeployments, .hostRootTwice, .listenerOfTwoDeployments, .fileOfTwoDeployments,
        .clientOfTwoIssuers,
    ]
}
