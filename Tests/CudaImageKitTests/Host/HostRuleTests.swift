import Testing

@testable import CudaImageKit

/// Rules that no recorded host shows, over facts alone.
@Suite struct HostRuleTests {
    private func host() throws -> HostInspection { try RecordedHost.healthy.report().host }

    private func findings(_ host: HostInspection, image: HostImage? = nil) -> [HostFinding] {
        HostReport(host, image: image, catalog: .embedded).findings
    }

    @Test func programThatHangsIsSaid() throws {
        var host = try host()
        host.silent = [.nvidiaSMI]
        let findings = findings(host)
        #expect(findings.map(\.code) == [.programSilent] && findings[0].message.contains("15 s"))
        #expect(HostReport(host, catalog: .embedded).verdict == .notReady)
        host.silent = [.podman]
        #expect(HostReport(host, catalog: .embedded).verdict == .ready)
    }

    @Test func folderOfTheLoaderHasTheLibraries() throws {
        let report = try RecordedHost.healthy.with {
            $0.remove("/usr/lib/x86_64-linux-gnu/libcuda")
            $0.files["/opt/nvidia/lib/libcuda.so.550.54.14"] = ""
            $0.files["/etc/ld.so.conf.d/nvidia.conf"] = "# driver\n/opt/nvidia/lib\n"
        }.report()
        #expect(report.findings.isEmpty)
    }

    @Test(
        arguments: [
            ("sources.list", "deb https://nvidia.github.io/nvidia-docker/ubuntu18.04/amd64 /", true),
            (
                "sources.list.d/a.list", "deb https://nvidia.github.io/libnvidia-container/stable/ubuntu18.04/amd64 /",
                true
            ),
            ("sources.list.d/a.list", "deb https://nvidia.github.io/libnvidia-container/stable/debian10/amd64 /", true),
            ("sources.list.d/a.list", "deb https://nvidia.github.io/libnvidia-container/stable/deb/amd64 /", false),
            (
                "sources.list.d/a.list", "deb https://nvidia.github.io/libnvidia-container/experimental/deb/amd64 /",
                false
            ),
            ("sources.list.d/a.list", "  # deb https://nvidia.github.io/nvidia-docker/ubuntu18.04/amd64 /", false),
            ("sources.list.d/a.sources", "Types: deb\nURIs: https://nvidia.github.io/nvidia-docker/x\n", true),
            (
                "sources.list.d/a.sources",
                "Enabled: no\nURIs: https://nvidia.github.io/nvidia-docker/x\n\nTypes: deb\n", false
            ),
        ])
    func deprecatedRepositoriesAreLines(file: String, text: String, isDeprecated: Bool) throws {
        let report = try RecordedHost.healthy.with { $0.files["/etc/apt/\(file)"] = text }.report()
        #expect(report.findings.map(\.code) == (isDeprecated ? [.repositoryDeprecated] : []))
    }

    @Test func tagThatIsReportedGoneIsSaid() throws {
        let facts = try #require(Catalog.embedded.tags.first { $0.status == .unlisted && $0.hasPins })
        let image = try HostImage(tag: facts.tag.description)
        let report = HostReport(try host(), image: image, catalog: .embedded)
        #expect(report.findings.contains { $0.code == .imageGone } && !report.text.contains("nothing stops"))
    }

    @Test func programsOfThisMachineAreAskedOnceEach() {
        nonisolated(unsafe) var asked: [HostProgram] = []
        let inspector = HostInspector(tree: HostTree(), catalog: .embedded) {
            asked.append($0)
            return nil
        }
        _ = inspector.inspect()
        #expect(Set(asked).count == asked.count)
    }

    @Test func driverWithoutLibrariesIsSaid() throws {
        var host = try host()
        host.driver.libraries = []
        #expect(findings(host).map(\.code) == [.driverLibrariesMissing])
    }

    @Test func otherProcessorIsSaid() throws {
        var image = try HostImage(tag: "12.4.1-runtime-ubuntu22.04")
        image.platforms = [.linuxARM64]
        #expect(findings(try host(), image: image).map(\.code) == [.imagePlatform])
    }

    @Test(
        arguments: [
            ("8.0", nil), ("7.0", HostFinding.Severity.error), ("7.5+PTX", .note), ("9.0", .error), ("8.6", .error),
        ] as [(String, HostFinding.Severity?)])
    func codeOfTheRecipeMustRun(architecture: String, severity: HostFinding.Severity?) throws {
        var image = try HostImage(tag: "12.4.1-devel-ubuntu22.04")
        image.architectures = [try #require(ComputeCapability(architecture))]
        let findings = findings(try host(), image: image)
        #expect(findings.first?.severity == severity && findings.allSatisfy { $0.code == .imageCode })
    }

    @Test func conditionIsNotCheckedForDevicesByCDIAlone() throws {
        var host = try host()
        host.engines = [HostInspection.Engine(name: .podman, hasCDI: true)]
        host.cdi = [
            HostInspection.CDISpecification(path: "/etc/cdi/nvidia.yaml", kind: "nvidia.com/gpu", devices: ["all"])
        ]
        host.driver.kernel = DriverVersion("525.60.13")
        host.driver.libraries = [try #require(host.driver.kernel)]
        host.driver.cuda = CUDAVersion(12, 0)
        host.gpus[0].name = "NVIDIA GeForce RTX 4090"
        host.gpus[0].capability = ComputeCapability(8, 9)
        let report = HostReport(host, image: try HostImage(tag: "12.9.1-runtime-ubuntu22.04"), catalog: .embedded)
        #expect(report.findings.contains { $0.code == .imageRequirement && $0.severity == .warning })
        #expect(report.verdict == .ready)
    }

    @Test(arguments: [
        ("{", "line 1, column 2"), ("{\"a\": 1,}", "column 9"), ("{'a': 1}", "column 2"), ("[1, 2", "the end"),
        ("{\"a\": 01}", "value"), ("{\"a\": tru}", "value"), ("{} {}", "the end"), ("\"\u{1}\"", "control character"),
        ("\"\\x\"", "escape"), ("\"\\u12\"", "hexadecimal"), ("// comment\n{}", "value"), ("", "the end"),
    ])
    func mistakesInJSONHaveTheirPlace(text: String, part: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test func valuesOfJSONAreCompared() throws {
        let value = try JSONValue(parsing: #"{"a": [1, "x", true, null], "b": {}}"#)
        #expect(try value == JSONValue(parsing: value.compact) && value == JSONValue(parsing: value.pretty))
        for other in [#"{"b": {}, "a": [1, "x", true, null]}"#, #"{"a": [1, "x", true, 0], "b": {}}"#, "[]", "1"] {
            #expect(try value != JSONValue(parsing: other))
        }
    }

    @Test func printedJSONIsReadBack() throws {
        let text = #"{"a":[1,-2,"x\"\\\n\u00e9😀",true,false,null,{}],"b":{"c":[]}}"#
        #expect(try JSONValue(parsing: JSONValue(parsing: text).pretty).compact == JSONValue(parsing: text).compact)
        #expect(try JSONValue(parsing: #""\ud83d\ude00 \ud800""#).text == "😀 \u{fffd}")
        #expect(try JSONValue(parsing: "[1.5, 1e3]").compact == #"["1.5","1e3"]"#)
    }

    @Test func settingsOfTOMLAreFoundWhereverTheyStand() {
        let settings = TOMLSettings(
            """
            version = 2 # comment
            disabled_plugins = ["cri", 'other']
            inline = { a = { b = true } }
            text = \"\"\"
            [no.table]
            \"\"\"
            [plugins."io.containerd.grpc.v1.cri".containerd]
              default_runtime_name = 'nvidia'
              "quoted.key" = "a = b # c"
              dotted.key = true
            """)
        let table = ["plugins", "io.containerd.grpc.v1.cri", "containerd"]
        #expect(settings.problem == nil)
        #expect(settings.values[table + ["default_runtime_name"]] == "nvidia")
        #expect(settings.values[["version"]] == "2" && settings.values[["inline", "a", "b"]] == "true")
        #expect(settings.lists[["disabled_plugins"]] == ["cri", "other"])
        #expect(settings.values[table + ["quoted.key"]] == "a = b # c")
        #expect(settings.value(below: ["plugins"], endingIn: ["dotted", "key"]) == "true")
        #expect(settings.hasTable(table) && !settings.hasTable(["no", "table"]))
        #expect(TOMLSettings("a = 1\nversion = = 2\n").problem?.hasPrefix("line 2") == true)
    }
}
