#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The files of a host: those of this machine, or a recorded tree in a folder.
///
/// In a recorded tree links stay in it, as they would in the host's own root, and device nodes may be plain files, which
/// anybody can make. Nothing is ever written.
public struct HostTree: Hashable, Sendable {
    /// What stands at a path.
    enum Kind: Hashable, Sendable {
        case file, folder, device, other
    }

    /// Where a recorded tree has the outputs of programs, by ``HostProgram``: `nvidia-smi.txt`.
    static let outputs = "/.cudagen/outputs"

    /// The recorded tree's folder; `nil` for this machine.
    public let folder: String?

    /// - Parameter folder: a recorded tree, seen as a host's root; `nil` or `/` for this machine.
    public init(folder: String? = nil) { self.folder = folder.flatMap { $0 == "/" ? nil : $0 } }

    /// Whether there is anything to look at: this machine's Linux kernel, or a folder with a host's files.
    public var isHost: Bool {
        folder == nil ? exists("/proc/version") : ["/etc", "/proc", "/dev", "/.cudagen"].contains(where: exists)
    }

    /// A file's text; what is not UTF-8 becomes U+FFFD.
    ///
    /// - Returns: `nil` if there is none.
    /// - Throws: ``FileError``, with the path as the host has it, for what is no readable file of reasonable size.
    func text(of path: String, limit: Int = 1 << 20) throws(FileError) -> String? {
        do {
            guard let place = place(of: path) else { return nil }
            return try FileSystem.bytes(of: place, limit: limit).map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw FileError(path: path, reason: error.reason)
        }
    }

    func kind(of path: String) -> Kind? { status(of: path).map { Self.kind($0.st_mode) } }

    /// The permissions of a path: `0o666`.
    func permissions(of path: String) -> Int? { status(of: path).map { Int($0.st_mode & 0o777) } }

    func exists(_ path: String) -> Bool { status(of: path) != nil }

    /// The names in a folder, sorted; none if they can't be read, or are more than a hundred thousand.
    func names(in path: String) -> [String] { (try? entries(of: path)) ?? [] }

    /// The names in a folder, sorted; none if there is no such folder.
    ///
    /// - Throws: ``FileError``, with the path as the host has it, if the folder is there and can't be read, or has more than
    ///   a hundred thousand names.
    func entries(of path: String) throws(FileError) -> [String] {
        guard let place = place(of: path) else { return [] }
        do throws(FileError) {
            let (entries, isComplete) = try FileSystem.entries(of: place, limit: Self.maximumEntries)
            guard isComplete else {
                throw FileError(path: place, reason: "More than \(Self.maximumEntries) files")
            }
            return entries.map(\.name)
        } catch {
            guard kind(of: path) == .folder else { return [] }
            throw FileError(path: path, reason: error.reason)
        }
    }

    private static let maximumEntries = 100_000

    /// The last part of a link's target: `vfio-pci` of `../../../bus/pci/drivers/vfio-pci`.
    func linkName(of path: String) -> String? {
        let parts = Self.parts(of: path)
        guard let last = parts.last, let parent = place(of: "/" + parts.dropLast().joined(separator: "/")) else {
            return nil
        }
        return Self.link(at: "\(parent)/\(last)").flatMap { Self.parts(of: $0).last }
    }

    /// Where a program is, in the folders that engines and NVIDIA's packages install to.
    func program(_ name: String) -> String? {
        Self.programFolders.lazy.map { "\($0)/\(name)" }.first { path in
            status(of: path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
        }
    }

    /// Folders of programs, also those that are not on everybody's `PATH`.
    package static let programFolders = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/opt/bin", "/snap/bin",
        "/usr/lib/wsl/lib", "/usr/local/nvidia/bin", "/usr/local/nvidia/toolkit", "/run/current-system/sw/bin",
    ]

    private func status(of path: String) -> stat? {
        guard let place = place(of: path) else { return nil }
        var status = stat()
        return stat(place, &status) == 0 ? status : nil
    }

    private static func kind(_ mode: mode_t) -> Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFCHR, S_IFBLK: .device
        default: .other
        }
    }

    // MARK: - Links

    /// The path on this machine, with all links followed inside the tree.
    private func place(of path: String) -> String? {
        guard let folder else { return path }
        var done: [String] = []
        var rest = Self.parts(of: path)
        var links = 0
        while !rest.isEmpty {
            let part = rest.removeFirst()
            if part == ".." {
                _ = done.popLast()
                continue
            }
            let place = ([folder] + done + [part]).joined(separator: "/")
            guard let target = Self.link(at: place) else {
                done.append(part)
                continue
            }
            links += 1
            guard links <= 40 else { return nil }
            if target.hasPrefix("/") { done = [] }
            rest = Self.parts(of: target) + rest
        }
        return ([folder] + done).joined(separator: "/")
    }

    private static func parts(of path: String) -> [String] {
        path.split(separator: "/").map(String.init).filter { $0 != "." }
    }

    private static func link(at path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
