import Foundation

/// A real nginx without privileges on a scratch prefix.
package final class ScratchNginx {
    package let folder: TemporaryFolder
    package let port: Int
    private var process: Process?

    /// `http` and `servers` are configuration text; `servers` may name the port as `{PORT}`. Further files
    /// (the generated tree) are written below the prefix first; what a file includes from
    /// `/etc/nginx/connectorgen/NAME`, where an operator puts the folder `nginx` unless the spec says otherwise, is
    /// included from `nginx` below the prefix. Without a port it takes a free one.
    package init(
        http: String, servers: String, files: [(path: String, bytes: [UInt8])] = [], port: Int? = nil
    ) throws {
        folder = try TemporaryFolder()
        self.port = try port ?? LoopbackSocket.freePort()
        for file in files {
            let text = String(decoding: file.bytes, as: UTF8.self)
            try folder.write(
                file.path,
                text.replacingOccurrences(
                    of: "include /etc/nginx/connectorgen/[^/]+/", with: "include nginx/", options: .regularExpression))
        }
        try folder.write(
            "n.conf",
            """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path t_b;
                proxy_temp_path t_p;
                fastcgi_temp_path t_f;
                uwsgi_temp_path t_u;
                scgi_temp_path t_s;
                server_names_hash_bucket_size 128;
            \(http)
            \(servers.replacingOccurrences(of: "{PORT}", with: String(self.port)))
            }

            """)
    }

    deinit {
        stop()
    }

    /// What `nginx -t` says; clean is `(0, "")`.
    package func test() throws -> (status: Int32, output: String) {
        let process = try nginx(["-t", "-q"])
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Starts it and waits until the port accepts.
    package func start() throws {
        let process = try nginx([])
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        let deadline = Date(timeIntervalSinceNow: 10)
        while true {
            if let connection = try? LoopbackSocket.connect(port: port) {
                close(connection)
                return
            }
            guard process.isRunning, Date() < deadline else { throw DidNotStart(log: try test().output) }
            poll(nil, 0, 5)  // nginx tells nobody that it listens: ask again in 5 ms
        }
    }

    package func stop() {
        guard let process, process.isRunning else { return }
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
    }

    package struct DidNotStart: Error {
        package let log: String
    }

    private func nginx(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Tool.nginx.required())
        process.arguments = arguments + ["-p", folder.path + "/", "-c", "n.conf"]
        return process
    }
}
