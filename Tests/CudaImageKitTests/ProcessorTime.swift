#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The processor time that work takes on its thread, in seconds: what else the machine does counts for nothing.
func processorTime<Result>(of work: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    let result = try work()
    return (now() - start, result)
}
