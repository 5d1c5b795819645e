// The environment is one of C's global variables; nothing here changes it after the start.
#if canImport(Glibc)
@preconcurrency import Glibc
#elseif canImport(Musl)
@preconcurrency import Musl
#else
@preconcurrency import Darwin
#endif

/// Runs another program and gathers what it prints.
///
/// Why not swift-subprocess: this needs one blocking call; a package with its asynchronous machinery would be most of the
/// binary's growth.
enum Subprocess {
    struct Result {
        /// The exit code, 128 + the signal that ended it, or 127 if it could not be started.
        var status: Int32
        /// The last mebibyte of what it printed, both streams as they came.
        var output: String
        /// Whether it was killed because it did not end in time.
        var isLate = false
    }

    private static let keptBytes = 1 << 20

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - words: the program's path and its arguments.
    ///   - environment: variables added to this process's own, where it does not have them.
    ///   - isShown: whether what it prints goes to this process's own streams, too.
    ///   - patience: seconds after which it is killed; `nil` to wait for ever.
    static func run(
        _ words: [String], environment: [String: String] = [:], isShown: Bool, patience: Int? = nil
    ) -> Result {
        var output: [Int32] = [-1, -1]
        var errors: [Int32] = [-1, -1]
        guard pipe(&output) == 0, pipe(&errors) == 0 else { return failure() }
        var child = pid_t()
        let status = spawn(words, environment: environment, output: output, errors: errors, child: &child)
        close(output[1])
        close(errors[1])
        defer {
            close(output[0])
            close(errors[0])
        }
        guard status == 0 else { return failure(status) }
        // An interrupt ends the child; this process tells so and cleans up.
        let previous = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, previous) }
        let deadline = patience.map { ContinuousClock.now + .seconds($0) }
        let (text, isComplete) = pump(
            [(output[0], Terminal.write), (errors[0], Terminal.warn)], isShown: isShown, until: deadline)
        if !isComplete { kill(child, SIGKILL) }
        var ending: Int32 = 0
        while waitpid(child, &ending, isComplete ? 0 : WNOHANG) < 0, errno == EINTR {}
        let termination = ending & 0x7f
        return Result(
            status: termination == 0 ? ending >> 8 & 0xff : 128 + termination, output: text, isLate: !isComplete)
    }

    /// Where a command is that `PATH` leads to.
    static func path(of command: String) -> String? {
        guard let folders = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        return path(of: command, in: folders.split(separator: ":", omittingEmptySubsequences: false).map(String.init))
    }

    /// Where a command is in some folders.
    static func path(of command: String, in folders: [String]) -> String? {
        for folder in folders {
            let path = (folder.isEmpty ? "." : folder) + "/" + command
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return path }
        }
        return nil
    }

    private static func failure(_ code: Int32 = errno) -> Result {
        Result(status: 127, output: String(cString: strerror(code)) + "\n")
    }

    private static func spawn(
        _ words: [String], environment: [String: String], output: [Int32], errors: [Int32], child: inout pid_t
    ) -> Int32 {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
        for descriptor in output + errors { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        var variables = own + environment.filter { getenv($0.key) == nil }.map { strdup("\($0.key)=\($0.value)") }
        defer { for pointer in arguments + variables { free(pointer) } }
        arguments.append(nil)
        variables.append(nil)
        return posix_spawn(&child, words[0], &actions, nil, arguments, variables)
    }

    /// Copies of this process's variables.
    private static var own: [UnsafeMutablePointer<CChar>?] {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let place = next, let variable = place.pointee {
            copies.append(strdup(variable))
            next = place.advanced(by: 1)
        }
        return copies
    }

    /// Reads both streams until they end, or it is too late.
    private static func pump(
        _ streams: [(descriptor: Int32, show: (String) -> Void)], isShown: Bool,
        until deadline: ContinuousClock.Instant?
    ) -> (text: String, isComplete: Bool) {
        var open = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var kept: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // What may be a part of a character stays until the rest of it is there.
        var pending = [[UInt8]](repeating: [], count: streams.count)
        var isComplete = true
        while open.contains(where: { $0.fd >= 0 }) {
            let ready = poll(&open, nfds_t(open.count), milliseconds(until: deadline))
            if ready < 0 {
                if errno == EINTR { continue }
                break
            }
            if ready == 0 {
                isComplete = false
                break
            }
            for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
                let count = read(open[index].fd, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { open[index].fd = -1 }
                let bytes = buffer.prefix(max(0, count))
                kept += bytes
                if kept.count > 2 * keptBytes { kept.removeFirst(kept.count - keptBytes) }
                guard isShown else { continue }
                pending[index] += bytes
                let end = count <= 0 ? pending[index].count : (pending[index].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0)
                if end > 0 { streams[index].show(String(decoding: pending[index].prefix(end), as: UTF8.self)) }
                pending[index].removeFirst(end)
            }
        }
        return (String(decoding: kept.suffix(keptBytes), as: UTF8.self), isComplete)
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let rest = (deadline - ContinuousClock.now).components
        return Int32(clamping: max(0, rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000))
    }
}
