import CudaImageKit

/// Which version of each package belongs to a release.
///
/// The packages that stand for a release as a whole (`cuda-libraries-12-4` 12.4.1-1) name the least version of each
/// component; an index may hold the components of several point releases under one name.
struct ReleaseVersions {
    let index: PackageIndex
    let release: CUDAVersion
    /// The versions that the release's packages name, by package.
    private var named: [String: PackageVersion] = [:]
    private let isNewestPointRelease: Bool

    /// The releases that the index has as a whole, ascending.
    static func releases(in index: PackageIndex) -> [CUDAVersion] {
        index.packages.flatMap { name, packages -> [CUDAVersion] in
            guard name.hasPrefix("cuda-libraries-") else { return [] }
            return packages.compactMap { package in
                guard let release = CUDAVersion(package.version.upstream), release.patch != nil,
                    name == "cuda-libraries-\(release.major)-\(release.minor)"
                else { return nil }
                return release
            }
        }.sorted()
    }

    init(_ release: CUDAVersion, in index: PackageIndex) {
        self.index = index
        self.release = release
        isNewestPointRelease =
            Self.releases(in: index).last { $0.majorMinor == release.majorMinor }.map { $0 == release } ?? true
        var pending: [PackageIndex.Package] = []
        for (name, packages) in index.packages where isOfRelease(name) {
            guard let whole = packages.last(where: { $0.version.upstream == release.description }) else { continue }
            named[name] = whole.version
            pending.append(whole)
        }
        while let package = pending.popLast() {
            for dependency in package.dependencies where isOfRelease(dependency.name) {
                guard let bound = dependency.version, let chosen = oldest(dependency.name, from: bound),
                    named[dependency.name].map({ $0 < chosen.version }) ?? true
                else { continue }
                named[dependency.name] = chosen.version
                pending.append(chosen)
            }
        }
    }

    /// The version of a package that belongs to the release; `nil` if the index does not tell.
    func version(of name: String) -> PackageVersion? {
        if let version = named[name] { return version }
        let versions = index.versions(of: name)
        if versions.contains(where: { $0.toolkit != nil }) {
            return newest(builtFor: release, among: versions)
        }
        guard isOfRelease(name) || name.hasSuffix("config-common") else { return versions.last }
        if versions.count == 1 { return versions.first }
        // The small packages around the runtime library have its version.
        if let runtime = named["cuda-cudart-\(release.major)-\(release.minor)"], versions.contains(runtime) {
            return runtime
        }
        return isNewestPointRelease ? versions.last : nil
    }

    /// Whether a package that stands for a release as a whole is there for this one.
    func hasWhole(_ name: String) -> Bool {
        index.versions(of: name).contains { $0.upstream == release.description }
    }

    /// The oldest package that a bound allows, in its newest revision.
    private func oldest(_ name: String, from bound: PackageVersion) -> PackageIndex.Package? {
        guard let packages = index.packages[name], let first = packages.first(where: { $0.version >= bound }) else {
            return nil
        }
        return packages.last { $0.version.upstream == first.version.upstream }
    }

    /// NCCL and old cuDNN: the newest one built with the release's toolkit, else with the nearest older toolkit of the
    /// same major version.
    private func newest(builtFor release: CUDAVersion, among versions: [PackageVersion]) -> PackageVersion? {
        let usable = versions.filter { version in
            version.toolkit.map { $0.major == release.major && $0.minor <= release.minor } ?? false
        }
        let nearest = usable.compactMap { $0.toolkit?.minor }.max()
        return usable.last { $0.toolkit?.minor == nearest }
    }

    /// Whether a package's name has the release in it: `-12-4`.
    private func isOfRelease(_ name: String) -> Bool {
        let words = name.split(separator: "-")
        return zip(words, words.dropFirst()).contains { $0 == "\(release.major)" && $1 == "\(release.minor)" }
    }
}
