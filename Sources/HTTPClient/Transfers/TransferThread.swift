import CCurl

/// The one thread that performs all transfers of a client. Nothing but waking it comes from elsewhere.
final class TransferThread {
    private let inbox: Inbox
    private let pool: UnsafeMutableRawPointer
    /// By their handles.
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]

    init(_ inbox: Inbox, pool: UnsafeMutableRawPointer) {
        self.inbox = inbox
        self.pool = pool
    }

    /// Serves the inbox until it is closed; the pool is gone afterwards.
    func run() {
        while true {
            let mail = inbox.takeMail()
            if mail.isClosed {
                for call in mail.calls { tell(call, .failure(.closed)) }
                break
            }
            for call in mail.calls { start(call) }
            for id in mail.cancelled { cancel(id) }
            perform()
            // libcurl's own deadlines cut this short, and so does mail: a wake-up is never lost.
            curl_multi_poll(pool, nil, 0, 60_000, nil)
        }
        for transfer in transfers.values { end(transfer, .failure(.closed)) }
        let closers = inbox.threadEnds()
        curl_multi_cleanup(pool)
        for closer in closers { closer.resume() }
    }

    private func start(_ call: Call) {
        guard let transfer = Transfer(call, now: .now) else { return tell(call, .failure(.noResources)) }
        transfers[transfer.handle] = transfer
        proceed(transfer)
    }

    /// Begins the next phase of a transfer that is not in the pool.
    private func proceed(_ transfer: Transfer) {
        guard transfer.begin(now: .now) else { return end(transfer, .failure(.timeout), isInPool: false) }
        guard curl_multi_add_handle(pool, transfer.handle) == CURLM_OK else {
            return end(transfer, .failure(.noResources), isInPool: false)
        }
    }

    private func perform() {
        var running: Int32 = 0
        curl_multi_perform(pool, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(pool, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = transfers[handle]
            else { continue }
            // The message is gone with the handle, so its code is read first.
            let code = message.pointee.data.result
            curl_multi_remove_handle(pool, handle)
            if let result = transfer.ended(code) {
                end(transfer, result, isInPool: false)
            } else {
                proceed(transfer)
            }
        }
    }

    private func cancel(_ id: UInt64) {
        if let transfer = transfers.values.first(where: { $0.call.id == id }) { end(transfer, .failure(.cancelled)) }
    }

    private func end(
        _ transfer: Transfer, _ result: Result<HTTPClientResponse, HTTPClientError>, isInPool: Bool = true
    ) {
        if isInPool { curl_multi_remove_handle(pool, transfer.handle) }
        transfers[transfer.handle] = nil
        tell(transfer.call, result)
    }

    private func tell(_ call: Call, _ result: Result<HTTPClientResponse, HTTPClientError>) {
        inbox.finished(call.id)
        call.resume(result)
    }
}
