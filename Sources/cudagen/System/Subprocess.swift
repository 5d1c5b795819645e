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

    /// What a program printed, each stream for itself.
    struct Capture {
        /// As of a result.
        var status: Int32
        var output: [UInt8]
        /// The last mebibyte of standard error.
        var errors: String
        /// Whether it was killed because it did not end in time.
        var isLate = false
        /// Whether it was killed because it printed more than was asked for.
        var isTooLong = false
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
        var kept: [UInt8] = []
        // What may be a part of a character stays until the rest of it is there.
        var pending: [[UInt8]] = [[], []]
        let show = [Terminal.write, Terminal.warn]
        let (status, isLate) = run(words, environment: environment, patience: patience) { stream, bytes in
            kept += bytes ?? []
            if kept.count > 2 * keptBytes { kept.removeFirst(kept.count - keptBytes) }
            guard isShown else { return true }
            pending[stream] += bytes ?? []
            let lines = pending[stream].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            let end = bytes == nil ? pending[stream].count : lines
            if end > 0 { show[stream](String(decoding: pending[stream].prefix(end), as: UTF8.self)) }
            pending[stream].removeFirst(end)
            return true
        }
        guard let status else { return Result(status: 127, output: String(cString: strerror(errno)) + "\n") }
        return Result(status: status, output: String(decoding: kept.suffix(keptBytes), as: UTF8.self), isLate: isLate)
    }

    /// Runs a program that is told something, and keeps what it answers.
    ///
    /// - Parameters:
    ///   - input: what it reads from standard input.
    ///   - limit: the most bytes that it may print; with more it is killed.
    ///   - patience: seconds after which it is killed.
    static func capture(_ words: [String], input: String, limit: Int, patience: Int) -> Capture {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var isTooLong = false
        let (status, isLate) = run(words, environment: [:], input: input, patience: patience) { stream, bytes in
            if stream == 1 {
                errors += bytes ?? []
                if errors.count > 2 * keptBytes { errors.removeFirst(errors.count - keptBytes) }
                return true
            }
            output += bytes ?? []
            isTooLong = output.count > limit
            return !isTooLong
        }
        return Capture(
            status: status ?? 127, output: output,
            errors: status == nil ? String(cString: strerror(errno)) : String(decoding: errors, as: UTF8.self),
            isLate: isLate && !isTooLong, isTooLong: isTooLong)
    }

    /// - Parameters:
    ///   - input: what it reads from standard input; `nil` for this process's own.
    ///   - take: gets what comes from standard output (0) and standard error (1), and `nil` at a stream's end; ends the
    ///     program with `false`.
    /// - Returns: the status, `nil` if it could not be started, and whether it was killed.
    private static func run(
        _ words: [String], environment: [String: String], input: String? = nil, patience: Int?,
        take: (_ stream: Int, _ bytes: ArraySlice<UInt8>?) -> Bool
    ) -> (status: Int32?, isKilled: Bool) {
        var pipes = Array(repeating: [Int32](repeating: -1, count: 2), count: input == nil ? 2 : 3)
        for index in pipes.indices {
            guard pipe(&pipes[index]) == 0 else {
                for descriptor in pipes.joined() where descriptor >= 0 { close(descriptor) }
                return (nil, false)
            }
        }
        var child = pid_t()
        let error = spawn(words, environment: environment, pipes: pipes, child: &child)
        close(pipes[0][1])
        close(pipes[1][1])
        if input != nil { close(pipes[2][0]) }
        defer {
            close(pipes[0][0])
            close(pipes[1][0])
        }
        guard error == 0 else {
            if input != nil { close(pipes[2][1]) }
            errno = error
            return (nil, false)
        }
        // An interrupt ends the child; this process tells so and cleans up.
        let previous = signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, previous) }
        // A program that does not listen to its input is no reason to end.
        let previousOfPipe = input.map { _ in signal(SIGPIPE, SIG_IGN) }
        defer { if let previousOfPipe { signal(SIGPIPE, previousOfPipe) } }
        let deadline = patience.map { ContinuousClock.now + .seconds($0) }
        let told = input.map { Input(text: Array($0.utf8)[...], descriptor: pipes[2][1]) }
        let isComplete = pump([pipes[0][0], pipes[1][0]], input: told, until: deadline, take: take)
        if !isComplete { kill(child, SIGKILL) }
        var ending: Int32 = 0
        while waitpid(child, &ending, isComplete ? 0 : WNOHANG) < 0, errno == EINTR {}
        let termination = ending & 0x7f
        return (termination == 0 ? ending >> 8 & 0xff : 128 + termination, !isComplete)
    }

    /// What a program is still to be told.
    private struct Input {
        var text: ArraySlice<UInt8>
        var descriptor: Int32

        init(text: ArraySlice<UInt8>, descriptor: Int32) {
            self.text = text
            self.descriptor = descriptor
            // It is written as the program reads: nobody waits for one that reads nothing.
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            if text.isEmpty { end() }
        }

        /// Writes what there is room for; the descriptor is closed, and -1, when all is written or nobody reads.
        mutating func write() {
            let count = text.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            text = text.dropFirst(max(count, 0))
            if count <= 0 || text.isEmpty { end() }
        }

        mutating func end() {
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
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

    private static func spawn(
        _ words: [String], environment: [String: String], pipes: [[Int32]], child: inout pid_t
    ) -> Int32 {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0][1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDERR_FILENO)
        if pipes.count > 2 { posix_spawn_file_actions_adddup2(&actions, pipes[2][0], STDIN_FILENO) }
        for descriptor in pipes.joined() { posix_spawn_file_actions_addclose(&actions, descriptor) }
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

    /// Reads streams until they end, it is too late, or nobody wants more, and writes the input meanwhile.
    ///
    /// - Returns: whether they ended.
    private static func pump(
        _ descriptors: [Int32], input: Input?, until deadline: ContinuousClock.Instant?,
        take: (_ stream: Int, _ bytes: ArraySlice<UInt8>?) -> Bool
    ) -> Bool {
        var input = input
        defer { input?.end() }
        var open = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        open.append(pollfd(fd: input?.descriptor ?? -1, events: Int16(POLLOUT), revents: 0))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // When its streams have ended, a program reads no more either.
        while descriptors.indices.contains(where: { open[$0].fd >= 0 }) {
            let ready = poll(&open, nfds_t(open.count), milliseconds(until: deadline))
            if ready < 0, errno == EINTR { continue }
            // Too late; or nothing can be waited for, and the program is not to be left running unseen.
            if ready <= 0 { return false }
            if open[descriptors.count].revents != 0 {
                input?.write()
                open[descriptors.count].fd = input?.descriptor ?? -1
            }
            for index in descriptors.indices where open[index].fd >= 0 && open[index].revents != 0 {
                let count = read(open[index].fd, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { open[index].fd = -1 }
                guard take(index, count <= 0 ? nil : buffer.prefix(count)) else { return false }
            }
        }
        return true
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let rest = (deadline - ContinuousClock.now).components
        return Int32(clamping: max(0, rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000))
    }
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
