extension Resolver {
    /// Refuses accounts that the base image has already: `useradd` would fail in the build.
    mutating func checkIdentity(of user: Recipe.User, uid: Int, on os: OperatingSystem) {
        check("UID", uid, on: os, at: user.uid?.span ?? user.span)
        // Root's group may be shared, as OpenShift does.
        if let gid = user.gid, gid.value != 0 { check("GID", gid.value, on: os, at: gid.span) }
        if let name = user.name, Self.systemAccounts.contains(name.value) || name.value == Self.firstUser(on: os) {
            diagnostics.error(
                .identityTaken, "the base image \(os) has an account '\(name.value)' of its own", at: name.span,
                help: "use another name, such as app")
        }
    }

    private mutating func check(_ kind: String, _ id: Int, on os: OperatingSystem, at span: SourceSpan) {
        let owner: String
        if id == 1000, let user = Self.firstUser(on: os) {
            owner = "the user '\(user)'"
        } else if (1...100).contains(id) || id == 65534 {
            owner = "the operating system's own accounts"
        } else {
            return
        }
        diagnostics.error(
            .identityTaken, "the \(kind) \(id) belongs to \(owner) in the base image \(os)", at: span,
            help: "use another number, such as 10001")
    }

    /// Ubuntu's images have an account with the UID and GID 1000 since 23.04.
    private static func firstUser(on os: OperatingSystem) -> String? {
        os.distribution == .ubuntu && os.versionNumbers.lexicographicallyPrecedes([23, 4]) == false ? "ubuntu" : nil
    }

    /// Source: the accounts and groups of Debian's `base-passwd` and Red Hat's `setup`.
    private static let systemAccounts: Set<String> = [
        "adm", "audio", "backup", "bin", "cdrom", "daemon", "dialout", "disk", "floppy", "ftp", "games", "halt", "irc",
        "kmem",
        "list", "lp", "mail", "man", "news", "nobody", "nogroup", "operator", "proxy", "shadow", "shutdown", "src",
        "staff",
        "sudo", "sync", "sys", "tape", "tty", "users", "utmp", "uucp", "video", "voice", "wheel", "www-data",
    ]
}
