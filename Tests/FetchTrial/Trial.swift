import Dispatch
import HTTPClient

/// Fetches URLs over loopback, all at once, and prints what became of each: for valgrind, which sees into libcurl and
/// the C beside it. usage: fetch-trial AUTHORITY HOST:PORT URL...
@main
enum FetchTrial {
    static func main() {
        // Not an async main: valgrind dies when the first thread ends before the others.
        let isOver = DispatchSemaphore(value: 0)
        Task.detached {
            await run(Array(CommandLine.arguments.dropFirst()))
            isOver.signal()
        }
        isOver.wait()
    }

    private static func run(_ arguments: [String]) async {
        guard arguments.count >= 3 else { return print("usage: fetch-trial AUTHORITY HOST:PORT URL...") }
        let place = arguments[1].split(separator: ":")
        guard place.count == 2, let port = Int(place[1]) else { return print("no HOST:PORT: \(arguments[1])") }
        var policy = HTTPClientPolicy.publicDocuments
        policy.authorities = arguments[0]
        policy.hosts = [.init(host: String(place[0]), port: port, addresses: ["127.0.0.1"])]
        policy.addresses = policy.addresses.admitting(.v4(127, 0, 0, 1, prefix: 32))
        // Valgrind is slow.
        policy.connectTimeout = .seconds(20)
        policy.totalTimeout = .seconds(30)
        do throws(HTTPClientError) {
            let client = try HTTPClient(policy: policy)
            await withTaskGroup(of: Void.self) { group in
                for url in arguments.dropFirst(2) { group.addTask { await fetch(url, client) } }
            }
            await client.close()
            print("closed")
        } catch {
            print(error)
        }
    }

    private static func fetch(_ url: String, _ client: HTTPClient) async {
        do throws(HTTPClientError) {
            let answer = try await client.get(url, headers: [("Accept", "application/json")])
            print("\(url) \(answer.status), \(answer.body.count) bytes")
        } catch {
            print("\(url) \(error)")
        }
    }
}
