import Testing

@testable import CudaImageKit

@Suite struct FrameworkFactsTests {
    private let catalog = Catalog.embedded

    private func build(_ framework: Framework, _ version: String, _ variant: String) throws -> FrameworkRelease {
        try #require(
            catalog.releases(of: framework).first { $0.version.description == version && $0.variant == variant })
    }

    /// Counts of the facts, with a row of its own for JAX's `-local` extras.
    @Test(arguments: [
        (Framework.torch, 151 + 11), (.tensorflow, 38 + 3), (.jax, 212 + 87), (.onnxruntimeGPU, 24), (.vllm, 13 + 4),
    ])
    func everyRowOfTheFactsIsThere(framework: Framework, count: Int) {
        #expect(catalog.releases(of: framework).count == count)
    }

    @Test func rowsSayWhatTheirSourcesSay() throws {
        let torch = try build(.torch, "2.4.0", "cu124")
        #expect(
            torch.cuda == CUDAVersionPattern("12.4") && torch.cudnn == "9.1.0.70" && torch.stability == "experimental")
        #expect(torch.index == .url("https://download.pytorch.org/whl/cu124") && torch.libraries == .bundled)
        #expect(torch.supports(PythonVersion(3, 12)) && !torch.supports(PythonVersion(3, 13)))
        #expect(try build(.torch, "2.5.1", "default").index == .default)
        #expect(try build(.torch, "2.4.0", "cpu").cuda == nil)
        let tensorflow = try build(.tensorflow, "2.6.0", "gpu")
        #expect(tensorflow.libraries == .image && tensorflow.cudnn == "8.1" && tensorflow.wheelsRequirement == nil)
        #expect(try build(.tensorflow, "2.17.0", "gpu").wheelsRequirement == "tensorflow[and-cuda]==2.17.0")
        let jax = try build(.jax, "0.9.0", "cuda12")
        #expect(jax.runs(with: CUDAVersion(12, 1, 0)) && !jax.runs(with: CUDAVersion(12, 0, 1)))
        #expect(jax.minimumDriver == DriverVersion("525") && jax.builtWith == CUDAVersion(12, 3))
        #expect(try build(.jax, "0.9.0", "cuda12-local").libraries == .image)
        let vllm = try build(.vllm, "0.8.5", "default")
        #expect(vllm.companions.contains("torch==2.6.0") && vllm.cuda == CUDAVersionPattern("12.4"))
        #expect(vllm.supports(PythonVersion(3, 12)) && !vllm.supports(PythonVersion(3, 13)))
    }

    @Test func everyRowHasARequirementOfItsOwnPackage() throws {
        for framework in Framework.allCases {
            for release in catalog.releases(of: framework) {
                let requirement = try #require(PythonRequirement(release.requirement), "\(release.requirement)")
                #expect(Framework(package: requirement.name) == framework)
                let local = PythonPackageVersion("\(release.version)+\(release.variant)")
                #expect(
                    requirement.specifiers.allows(release.version) || local.map(requirement.specifiers.allows) == true,
                    "\(release.requirement)")
                #expect(release.cuda != nil || release.variant == "cpu")
            }
        }
    }

    @Test(arguments: [
        ("==1.17.1", "1.17", true), ("~=1.17.0", "1.17", true), (">=1.17.3", "1.17", true), ("<1.17", "1.17", false),
        ("==1.18.0", "1.17", false), ("==1.17.*", "1.17", true), (">1.17.2,<1.18", "1.17", true),
        ("!=1.17.*", "1.17", false),
    ])
    func seriesStandForTheirReleases(specifiers: String, version: String, isAllowed: Bool) throws {
        let release = try #require(
            catalog.releases(of: .onnxruntimeGPU).first { $0.version.description == version })
        #expect(try release.isAllowed(by: #require(VersionSpecifiers(specifiers))) == isAllowed)
    }

    @Test func localPartNamesTheBuild() throws {
        let specifiers = try #require(VersionSpecifiers("==2.4.0+cu121"))
        let allowed = catalog.releases(of: .torch).filter { $0.isAllowed(by: specifiers) }
        #expect(allowed.map(\.variant) == ["cu121"])
    }

    @Test func unknownVersionsHaveNeighbours() throws {
        let near = catalog.neighbours(of: try #require(PythonPackageVersion("1.18")), in: .onnxruntimeGPU)
        #expect(near.map(\.description) == ["1.17", "1.19"])
        #expect(
            catalog.neighbours(of: try #require(PythonPackageVersion("99")), in: .torch).map(\.description) == [
                "2.15.0"
            ])
    }

    @Test(arguments: [
        ("PyTorch", nil), ("torch", Framework.torch), ("ONNXRuntime_GPU", .onnxruntimeGPU),
        ("tensorflow.gpu", .tensorflow),
        ("onnxruntime", nil), ("vLLM", .vllm),
    ])
    func packagesAreComparedAsIndexesDo(name: String, framework: Framework?) {
        #expect(Framework(package: name) == framework)
    }

    // MARK: - A user's catalogue

    private static let text = """
        cudagen-catalog 1 extends
        [gpus]
        8.9\tAda Lovelace\t11.8\t-\tL4\tRTX 4070 Ti
        [frameworks]
        torch 2.99.0\tcu134\tcuda=13.4\tlibraries=wheel\tpythons=3.12\trequirement=torch==2.99.0+cu134\tindex=https://download.pytorch.org/whl/cu134
        [framework-floors]
        torch\tcapability=13.0\tversion=2.99.0\tcuda=13.4
        [framework-targets]
        torch\tversions=2.99 2.99\tcuda=13.4\tplatform=linux/amd64\ttargets=9.0\tptx=9.0
        """

    @Test func extensionAddsFrameworksAndGPUs() throws {
        let catalog = try Catalog(parsing: Self.text, fileName: "more.catalog")
        #expect(catalog.gpu(named: "RTX 4070 Ti")?.capability == ComputeCapability(8, 9))
        #expect(catalog.gpu(named: "RTX 4090") == nil, "a line replaces the one below it")
        let release = try #require(catalog.releases(of: .torch).last)
        #expect(release.variant == "cu134" && catalog.targets(of: .torch).filter { $0.covers(release) }.count == 1)
        #expect(catalog.floors(of: .torch).count == 4)
    }

    @Test(arguments: [
        ("8.9\t", "8.9x\t"), ("11.8\t-", "11.8\tnever"), ("RTX 4070 Ti", "RTX \u{1b}[1m"),
        ("torch 2.99.0\t", "torhc 2.99.0\t"),
        ("torch 2.99.0\tcu134", "torch two\tcu134"), ("cuda=13.4\tlibraries", "cuda=new\tlibraries"),
        ("=wheel", "=wheat"),
        ("pythons=3.12", "pythons=3"), ("requirement=torch==2.99.0+cu134", "requirement=--index-url x"),
        ("index=https", "index=ftp"), ("capability=13.0", "capability=13"), ("version=2.99.0\tcuda=13.4", "version=x"),
        ("versions=2.99 2.99", "versions=2.99"), ("targets=9.0", "targets=90"),
        ("platform=linux/amd64", "platform=windows"),
        ("[gpus]", "[gpu]"),
    ])
    func malformedFactIsRefused(text: String, replacement: String) {
        let broken = Self.text.replacing(text, with: replacement)
        #expect(throws: DiagnosticError.self) { try Catalog(parsing: broken, fileName: "broken.catalog") }
    }
}
