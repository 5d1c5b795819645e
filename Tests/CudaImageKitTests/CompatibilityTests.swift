import Testing

@testable import CudaImageKit

/// The rules of drivers and GPUs, over the facts.
@Suite struct CompatibilityTests {
    private let catalog = Catalog.embedded

    private func driver(_ text: String) throws -> DriverVersion { try #require(DriverVersion(text)) }
    private func cuda(_ text: String) throws -> CUDAVersion { try #require(CUDAVersion(text)) }
    private func gpu(_ name: String) throws -> GPU { try #require(catalog.gpu(named: name), "\(name)") }

    /// The condition of a release's image on the newest Ubuntu, as NVIDIA sets it on amd64.
    private func condition(_ cuda: CUDAVersion) throws -> StartCondition {
        let os = try #require(catalog.operatingSystems(for: cuda).filter { $0.distribution == .ubuntu }.max())
        return StartCondition(catalog.image(cuda, os, .linuxAMD64))
    }

    private func answer(_ text: String, _ release: String, _ gpus: String...) throws -> DriverCompatibility {
        let cuda = try cuda(release)
        return try catalog.compatibility(
            of: driver(text), with: cuda, condition: condition(cuda), gpus: gpus.map { try gpu($0) })
    }

    // MARK: - Drivers

    @Test(arguments: [
        ("580.65.06", "13.0.2", DriverCompatibility.Verdict.native), ("580.159.04", "13.2.1", .minorVersion),
        ("525.60.13", "12.0.1", .native), ("525.60.13", "12.9.1", .minorVersion), ("525.60.12", "12.0.1", .tooOld),
        ("535.104.05", "12.2.2", .nativeOrMinorVersion), ("535.104.05", "12.4.1", .minorVersion),
        ("450.36.06", "11.0.3", .native), ("450.80.02", "11.4.3", .minorVersion), ("450.51.06", "11.0.3", .native),
        ("440.33", "10.2", .native), ("440.32", "10.2", .tooOld), ("999", "13.2.1", .native),
        ("470.57.02", "12.4.1", .forwardIfDataCentre), ("510.47.03", "12.4.1", .tooOld),
        ("570.86.10", "13.0.2", .forwardIfDataCentre), ("560.28.03", "13.0.2", .tooOld),
    ])
    func driverRunsAToolkit(driver: String, release: String, verdict: DriverCompatibility.Verdict) throws {
        let answer = try answer(driver, release)
        #expect(answer.verdict == verdict || driver == "999" && answer.runs == .yes, "\(answer)")
        #expect(answer.reason.contains(driver))
    }

    @Test func everyReleaseRunsFromItsFloorOnAndNotBelow() throws {
        for release in catalog.releases.map(\.cuda) {
            let floor = try #require(catalog.driverRequirement(for: release).floor, "\(release)")
            #expect(catalog.compatibility(of: floor, with: release, condition: .notSet).runs == .yes, "\(release)")
            var below = floor.components
            below[below.count - 1] -= 1
            let older = try driver(below.map(String.init).joined(separator: "."))
            #expect(
                catalog.compatibility(of: older, with: release, condition: .notSet).verdict == .tooOld, "\(release)")
        }
    }

    @Test func forwardCompatibilityIsForDataCentres() throws {
        #expect(try answer("470.57.02", "12.4.1", "A100").verdict == .forward)
        let gaming = try answer("470.57.02", "12.4.1", "RTX 3090")
        #expect(gaming.verdict == .noForwardCompatibility && gaming.reason.contains("error 804"))
        #expect(try answer("470.57.02", "12.4.1", "A100", "RTX 3090").runs == .no)
        #expect(try answer("470.57.02", "12.4.1", "RTX A6000").runs == .unknown)
        #expect(
            catalog.compatibility(of: try driver("470.57.02"), with: try cuda("12.4.1"), condition: .notSet).runs
                == .no,
            "without a condition no cuda-compat package is known")
    }

    /// What the toolkit would run and what the container runtime starts are different questions.
    @Test(arguments: [
        ("535.104.05", "12.9.1", "RTX 4090", Answer.no), ("535.104.05", "12.9.1", "A100", .yes),
        ("535.104.05", "12.4.1", "RTX 4090", .yes), ("535.104.05", "12.9.1", "GB10", .unknown),
        ("545.23.08", "12.4.1", "RTX 4090", .unknown), ("535.104.05", "11.8.0", "RTX 4090", .yes),
        ("530.30.02", "12.9.1", "A100", .unknown), ("580.65.06", "13.0.2", "RTX 5090", .yes),
    ])
    func conditionIsAskedApart(driver: String, release: String, name: String, starts: Answer) throws {
        let answer = try answer(driver, release, name)
        #expect(answer.runs == .yes && answer.starts == starts, "\(answer)")
        #expect(answer.starts != .no || answer.startReason.contains("NVIDIA_DISABLE_REQUIRE=1"))
    }

    @Test func conditionWithoutAlternativesAllowsEveryHost() throws {
        let none = NVIDIARequirement("")
        #expect(none.allows(try driver("1"), reporting: ReportedCUDA(), line: .unknown) == .yes)
        let odd = NVIDIARequirement("CUDA>=12.3 arch>=8 brand=tesla,driver>=x")
        #expect(odd.allows(try driver("1"), reporting: ReportedCUDA(), line: .unknown) == .unknown)
        #expect(odd.cuda == CUDAVersion(12, 3))
    }

    @Test func boundsOfWhatADriverReportsNeverCross() throws {
        for branch in 340...600 {
            let reported = catalog.reportedCUDA(by: try driver("\(branch).100.10"))
            if let atLeast = reported.atLeast, let below = reported.below { #expect(atLeast < below, "\(branch)") }
        }
        let known = catalog.reportedCUDA(by: try driver("535.104.05"))
        #expect(known.atLeast == CUDAVersion(12, 0) && known.below == CUDAVersion(12, 3))
    }

    // MARK: - GPUs

    @Test(arguments: [
        ("8.9", "11.8.0", GPUCompatibility.Verdict.native), ("8.9", "11.3.1", .sameMajor(ComputeCapability(8, 6))),
        ("8.9", "11.0.3", .sameMajor(ComputeCapability(8, 0))), ("9.0", "11.6.2", .onlyPTX(ComputeCapability(8, 7))),
        ("7.0", "13.0.2", .dropped), ("3.5", "12.0.1", .dropped),
        ("12.1", "12.8.1", .sameMajor(ComputeCapability(12, 0))),
        ("9.0", "77.0.0", .unknown),
    ])
    func codeRunsOnAGPU(capability: String, release: String, verdict: GPUCompatibility.Verdict) throws {
        let answer = catalog.compatibility(of: try #require(ComputeCapability(capability)), with: try cuda(release))
        #expect(answer.verdict == verdict && !answer.reason.isEmpty)
    }

    /// The table of GPUs was computed from what the toolkits compile for: both have to agree.
    @Test func firstAndLastReleaseAgreeWithTheToolkits() throws {
        #expect(catalog.gpuGenerations.count == 21)
        for generation in catalog.gpuGenerations {
            for release in catalog.releases.map(\.cuda) where !catalog.targets(for: release).isEmpty {
                let isInside =
                    release.majorMinor >= generation.firstCUDA
                    && generation.lastCUDA.map { release.majorMinor <= $0 } ?? true
                let verdict = catalog.compatibility(of: generation.capability, with: release).verdict
                #expect((verdict == .native) == isInside, "\(generation.capability) \(release)")
            }
        }
    }

    @Test(arguments: [
        ("A100", "A100"), ("a100", "A100"), ("NVIDIA A100-SXM4-80GB", "A100"), ("A100-PCIE-40GB", "A100"),
        ("NVIDIA GeForce RTX 4090", "RTX 4090"), ("rtx4090", "RTX 4090"), ("Tesla V100-SXM2-16GB", "V100"),
        ("tesla t4", "T4"), ("NVIDIA H100 80GB HBM3", "H100"), ("H100 NVL", "H100"), ("K80", "Tesla K80"),
        ("RTX 6000 Ada Generation", "RTX 6000 Ada"), ("quadro rtx 6000", "Quadro RTX 6000"),
        ("GTX 1080 Ti", "GTX 1080 Ti"),
    ])
    func namesAreReadAsPeopleWriteThem(name: String, known: String) throws { #expect(try gpu(name).name == known) }

    @Test(arguments: [
        ("4090", "RTX 4090"), ("RTX 4090 Laptop GPU", "RTX 4090"), ("H10", "H100"), ("RTX 3091", "RTX 3090"),
    ])
    func unknownNamesGetSuggestions(name: String, suggestion: String) {
        #expect(catalog.gpu(named: name) == nil)
        #expect(catalog.gpus(like: name).contains(suggestion), "\(catalog.gpus(like: name))")
        let error = #expect(throws: DiagnosticError.self) { try catalog.gpu(spelled: name) }
        #expect(error?.diagnostics.all.map(\.code) == [.unknownGPU])
        #expect(error?.diagnostics.all.first?.notes.first?.contains(suggestion) == true)
    }

    @Test func everyNameOfTheCatalogueIsFoundAndDistinct() throws {
        let names = catalog.gpuGenerations.flatMap(\.names)
        for name in names { #expect(try gpu(name).name == name) }
        #expect(Set(names).count == names.count && names.count > 60)
        #expect(catalog.gpu(named: "") == nil && catalog.gpu(named: "NVIDIA 80GB") == nil)
    }

    @Test(arguments: [
        ("A100", GPU.Line.dataCentre), ("Tesla K80", .dataCentre), ("RTX 4090", .geForce), ("GTX TITAN X", .geForce),
        ("TITAN V", .geForce), ("RTX A6000", .workstation), ("RTX 6000 Ada", .workstation),
        ("Quadro RTX 6000", .workstation),
        ("RTX PRO 6000 Blackwell", .workstation), ("Jetson Nano", .jetson), ("DGX Spark", .unknown),
        ("L40S", .dataCentre),
    ])
    func linesFollowTheNames(name: String, line: GPU.Line) throws { #expect(try gpu(name).line == line) }

    // MARK: - Frameworks

    private func build(_ framework: Framework, _ version: String, _ variant: String) throws -> FrameworkRelease {
        try #require(
            catalog.releases(of: framework).first { $0.version.description == version && $0.variant == variant })
    }

    @Test(arguments: [
        (Framework.torch, "1.12.1", "cu116", "9.0", Answer.no), (.torch, "1.12.1", "cu116", "8.9", .yes),
        (.torch, "2.4.0", "cu118", "9.0", .yes), (.torch, "2.6.0", "cu126", "12.0", .no),
        (.torch, "2.7.0", "cu128", "12.0", .yes), (.torch, "2.7.0", "cu126", "10.0", .no),
        (.torch, "2.13.0", "cu130", "7.0", .no), (.torch, "2.13.0", "cu126", "7.0", .yes),
        (.torch, "2.13.0", "cu130", "12.1", .yes), (.torch, "2.4.1", "cu124", "3.7", .no),
        (.jax, "0.9.0", "cuda13", "7.0", .no), (.jax, "0.9.0", "cuda12", "5.2", .yes),
        (.jax, "0.9.0", "cuda12", "5.0", .no),
        (.vllm, "0.21.0", "default", "7.0", .no), (.vllm, "0.9.0", "default", "7.0", .yes),
        (.vllm, "0.9.2", "default", "6.1", .no),
    ])
    func frameworkRunsOnAGPU(
        framework: Framework, version: String, variant: String, capability: String, runs: Answer
    ) throws {
        let release = try build(framework, version, variant)
        let cuda = release.builtWith ?? CUDAVersion(release.cuda?.description ?? "") ?? CUDAVersion(12, 4, 1)
        let answer = catalog.compatibility(
            of: try #require(ComputeCapability(capability)), with: release, cuda: cuda, platform: .linuxAMD64)
        #expect(answer.runs == runs, "\(answer)")
    }
}
