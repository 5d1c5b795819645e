/// Looks at a host: reads files, asks programs, and writes nothing.
///
/// Every question has an answer: what is missing, unreadable or malformed is noted in the inspection.
public struct HostInspector {
    let tree: HostTree
    /// Home folders in which rootless engines have their configuration.
    let homes: [String]
    let catalog: Catalog
    private let run: (HostProgram) -> HostProgramOutput?
    var host = HostInspection()

    /// - Parameters:
    ///   - tree: this machine, or a recorded one.
    ///   - homes: this user's home folder; in a recorded tree all of them are looked at.
    ///   - run: starts a program on this machine and waits for it at most ``HostProgram/patience``; `nil` if it is not
    ///     there. A recorded tree has outputs of its own, and nothing is started.
    ///   - catalog: the facts about GPUs, drivers and the Container Toolkit.
    public init(
        tree: HostTree, homes: [String] = [], catalog: Catalog,
        run: @escaping (HostProgram) -> HostProgramOutput?
    ) {
        self.tree = tree
        self.catalog = catalog
        if tree.folder == nil {
            self.homes = homes
            self.run = run
        } else {
            self.homes = ["/root"] + tree.names(in: "/home").map { "/home/\($0)" }
            self.run = { tree.recordedOutput(of: $0) }
        }
    }

    /// Looks at everything.
    public func inspect() -> HostInspection {
        var inspector = self
        inspector.inspectSystem()
        inspector.inspectDriver()
        inspector.inspectGPUs()
        inspector.inspectToolkit()
        inspector.inspectDocker()
        inspector.inspectPodman()
        inspector.inspectContainerd()
        inspector.inspectCRIO()
        inspector.inspectCDI()
        return inspector.host
    }

    // MARK: - Questions

    /// A file's text; why it can't be read is noted.
    mutating func text(of path: String, limit: Int = 1 << 20) -> String? {
        do {
            return try tree.text(of: path, limit: limit)
        } catch {
            noteUnread(error)
            return nil
        }
    }

    /// The names in a folder; why it can't be read is noted.
    mutating func names(in path: String) -> [String] {
        do throws(FileError) {
            return try tree.entries(of: path)
        } catch {
            noteUnread(error)
            return []
        }
    }

    /// The first of a list; that there are more is noted.
    ///
    /// - Parameter path: where they come from.
    mutating func first<Element>(_ count: Int, of elements: [Element], at path: String) -> ArraySlice<Element> {
        if elements.count > count { note(FileError(path: path, reason: "Only the first \(count) entries were read")) }
        return elements.prefix(count)
    }

    /// What stands in this file or folder stays unknown.
    mutating func noteUnread(_ error: FileError) {
        host.unread.insert(error.path)
        note(error)
    }

    mutating func note(_ error: FileError) {
        if !host.unreadable.contains(error) { host.unreadable.append(error) }
    }

    /// What a program answers; that it does not in time is noted.
    mutating func answer(of program: HostProgram) -> HostProgramOutput? {
        guard let output = run(program) else { return nil }
        if output.status == nil { host.silent.append(program) }
        return output
    }

    // MARK: - The system

    private mutating func inspectSystem() {
        let release = text(of: "/etc/os-release") ?? text(of: "/usr/lib/os-release")
        host.distribution = release.flatMap { HostDistribution(osRelease: $0) }
        // The C library's loader has the processor's name.
        if tree.exists("/lib64/ld-linux-x86-64.so.2") {
            host.platform = .linuxAMD64
        } else if tree.exists("/lib/ld-linux-aarch64.so.1") {
            host.platform = .linuxARM64
        }
        // The first version imitates Linux 4.4: `4.4.0-19041-Microsoft`; the second is `…-microsoft-standard-WSL2`.
        let kernel = text(of: "/proc/version") ?? ""
        host.isWSL1 = kernel.containsBytes(of: "-Microsoft ") && !tree.exists("/dev/dxg")
        host.isWSL = !host.isWSL1 && kernel.lowercased().containsBytes(of: "microsoft") || tree.exists("/dev/dxg")
        host.jetsonRelease = text(of: "/etc/nv_tegra_release")?.split(whereSeparator: \.isNewline).first
            .map { String($0.drop { $0 == "#" || $0 == " " }).split(separator: ",").prefix(2).joined(separator: ",") }
        let groups = text(of: "/proc/1/cgroup") ?? ""
        host.isContainer =
            tree.exists("/.dockerenv") || tree.exists("/run/.containerenv") || tree.exists("/.singularity.d")
            || ["/docker/", "/kubepods", "/lxc/", "/libpod-"].contains { groups.containsBytes(of: $0) }
        if let enforcing = text(of: "/sys/fs/selinux/enforce") {
            host.selinuxIsEnforcing = enforcing.hasPrefix("1")
        }
        host.hasUnifiedCgroups = tree.exists("/sys/fs/cgroup/cgroup.controllers")
    }
}
