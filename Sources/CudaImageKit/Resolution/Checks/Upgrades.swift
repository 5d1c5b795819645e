extension Resolver {
    /// Warns where a recipe upgrades all packages and CUDA can't be held at its versions.
    ///
    /// NVIDIA's images hold only some of their packages, not `cuda-compat`: an upgrade moves the driver libraries.
    mutating func checkUpgrades(with manager: PackageManager) {
        guard manager != .apt else { return }
        for command in recipe.commands where manager.upgradesAll(command.value) {
            diagnostics.warning(
                .upgradeMovesCUDA, "the command upgrades CUDA's packages as well", at: command.span,
                notes: ["cudagen holds them before an upgrade with apt only"],
                help: "upgrade single packages, or exclude NVIDIA's: \(manager) update --exclude='cuda-*'")
        }
    }
}

extension PackageManager {
    /// Whether a shell command upgrades everything that is installed.
    func upgradesAll(_ command: String) -> Bool {
        let words = command.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "&" || $0 == ";" }.map(String.init)
        let verbs: Set<String> =
            self == .apt ? ["upgrade", "dist-upgrade", "full-upgrade"] : ["upgrade", "update", "distro-sync", "dup"]
        let programs: Set<String> = self == .apt ? ["apt-get", "apt", "aptitude"] : [rawValue, "yum", "dnf"]
        for (index, word) in words.enumerated() where programs.contains(word) {
            let rest = words[(index + 1)...].drop { $0.hasPrefix("-") }
            if let verb = rest.first, verbs.contains(verb) { return true }
        }
        return false
    }
}
