import CudaImageKit
import Testing

/// Scripts of `cudagen host`, compared with `Golden/host-setup/<distribution>-<engine>.sh`.
@Suite struct HostSetupGoldenTests {
    private static let golden = GoldenFolder("host-setup")

    struct Case: Sendable, CustomTestStringConvertible {
        var os: OperatingSystem
        var runtime: HostInspection.Engine.Name
        var cdi = false
        var mirror: MirrorURL?
        var suffix = ""

        var testDescription: String { "\(os)-\(runtime.rawValue)\(suffix)" }
    }

    static let cases =
        [OperatingSystem(.ubuntu, "22.04"), OperatingSystem(.rockylinux, "9"), OperatingSystem(.opensuse, "15")]
        .flatMap { os in HostInspection.Engine.Name.allCases.map { Case(os: os, runtime: $0) } } + [
            Case(os: OperatingSystem(.debian, "13"), runtime: .docker, cdi: true, suffix: "-cdi"),
            Case(os: OperatingSystem(.azl, "3"), runtime: .containerd, cdi: true, suffix: "-cdi"),
            Case(
                os: OperatingSystem(.centos, "7"), runtime: .docker,
                mirror: MirrorURL("https://mirror.example.com:8443/nvidia/toolkit/"), suffix: "-mirror"),
            Case(
                os: OperatingSystem(.ubuntu, "24.04"), runtime: .docker,
                mirror: MirrorURL("https://mirror.example.com/nvidia"), suffix: "-mirror"),
        ]

    private func script(_ test: Case) throws -> String {
        let facts = try #require(Catalog.embedded.containerToolkit)
        return try ContainerToolkitSetup(
            distribution: HostDistribution(test.os), runtime: test.runtime, usesCDI: test.cdi, mirror: test.mirror,
            facts: facts
        ).script()
    }

    @Test(arguments: cases)
    func scriptIsAsItWasRead(_ test: Case) throws {
        try Self.golden.compare(script(test), with: "\(test.testDescription).sh")
    }

    @Test func everyFileHasItsCase() throws { try Self.golden.expect(Self.cases.map { "\($0.testDescription).sh" }) }

    @Test(arguments: cases)
    func outdatedWaysAreInNone(_ test: Case) throws {
        let script = try script(test)
        for outdated in ["apt-key", "nvidia-docker.list", "install -y nvidia-docker2", "trusted=yes", "nogpgcheck"] {
            #expect(!script.contains(outdated))
        }
        if let mirror = test.mirror {
            let fetched = script.split(separator: "\n").filter { $0.hasPrefix("curl ") }
            #expect(!fetched.isEmpty && fetched.allSatisfy { $0.contains(mirror.text) })
        }
    }

    @Test func hostWithoutPackagesIsRefused() throws {
        let facts = try #require(Catalog.embedded.containerToolkit)
        let arch = try #require(HostDistribution(osRelease: "ID=arch\nNAME='Arch Linux'"))
        let error = #expect(throws: DiagnosticError.self) {
            try ContainerToolkitSetup(distribution: arch, runtime: .docker, facts: facts)
        }
        #expect(error?.diagnostics.all.map(\.code) == [.notSupported])
        #expect(error?.diagnostics.all.first?.message.contains("'Arch Linux'") == true)
    }

    @Test(arguments: [
        "", "mirror.example.com", "ftp://a", "https://", "https:///a", "https://a/$(id)", "https://a b", "https://a'",
        "https://a#b", "https://a&b", "https://a|b", "https://a\\b", "https://a\n", "https://ä",
    ])
    func mirrorIsAnAddressAndNothingElse(text: String) { #expect(MirrorURL(text) == nil) }

    @Test(
        arguments: [
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=22", HostDistribution.Installer.apt),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.5\"", .dnf),
            ("ID=centos\nVERSION_ID=7", .yum),
            ("ID=\"amzn\"\nVERSION_ID=\"2\"\nID_LIKE=\"centos rhel fedora\"", .yum),
            ("ID=azurelinux\nVERSION_ID=3.0", .tdnf),
            ("ID=opensuse-tumbleweed\nID_LIKE=\"opensuse suse\"", .zypper), ("ID=arch", nil),
            ("ID=nixos\nVERSION_ID=24.05", nil), ("ID=centos\nVERSION_ID=6", nil),
            ("ID=ubuntu\nVERSION_ID=14.04\nID_LIKE=debian", nil), ("ID=amzn\nVERSION_ID=2018.03", nil),
            ("ID=scientific\nVERSION_ID=7.9\nID_LIKE=\"rhel centos fedora\"", .yum),
            ("ID=elementary\nVERSION_ID=7\nID_LIKE=ubuntu", .apt),
        ] as [(String, HostDistribution.Installer?)])
    func installerFollowsTheDistribution(osRelease: String, installer: HostDistribution.Installer?) throws {
        #expect(try #require(HostDistribution(osRelease: osRelease)).installer == installer)
    }
}
