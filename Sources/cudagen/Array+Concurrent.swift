import Dispatch

extension Array where Element: Sendable {
    /// What `transform` makes of each element, in the order of the elements; every core of the machine takes part.
    func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
            // Safe: every place is written once, by one thread, and read when all threads are done.
            nonisolated(unsafe) let first = results.baseAddress
            DispatchQueue.concurrentPerform(iterations: count) { index in
                first?.advanced(by: index).initialize(to: transform(self[index]))
            }
            initializedCount = count
        }
    }
}
