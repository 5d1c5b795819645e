import CudaImageKit
import Testing

@Suite struct SmokeTestPlanTests {
    private let catalog = Catalog.embedded

    private func plan(
        _ recipe: String? = nil, _ options: ImageOptions = ImageOptions(), image: String? = nil
    ) throws -> SmokeTestPlan {
        let output = Generator().generate(
            recipe.map { RecipeSource(text: $0, fileName: "app.yaml") }, options: options)
        let plan = try #require(output.plan, "\(DiagnosticFormatter().text(output.diagnostics))")
        return try SmokeTestPlan(plan, image: image.flatMap { ImageReference($0) }, catalog: catalog)
    }

    private func official(_ tag: String) throws -> SmokeTestPlan {
        try SmokeTestPlan(image: #require(ImageReference("nvidia/cuda:\(tag)")), catalog: catalog)
    }

    private func foreign(
        _ image: String, cuda: String, os: String? = nil, flavor: Flavor? = nil, cudnn: CuDNNRequest? = nil
    ) throws -> SmokeTestPlan {
        try SmokeTestPlan(
            image: #require(ImageReference(image)), cuda: CUDAVersionPattern(cuda),
            os: os.flatMap { OperatingSystem($0) }, flavor: flavor, cudnn: cudnn, catalog: catalog)
    }

    /// The findings that leave no plan.
    private func messages(_ body: () throws -> SmokeTestPlan) -> [String] {
        do {
            _ = try body()
            return []
        } catch {
            return (error as? DiagnosticError)?.diagnostics.all.map(\.message) ?? ["\(error)"]
        }
    }

    // MARK: - Libraries

    /// From the file names in NVIDIA's packages of each release.
    @Test(arguments: [
        ("10.0", "cublas.so.10.0 cufft.so.10.0 curand.so.10.0 cusparse.so.10.0 cusolver.so.10.0 npps.so.10.0"),
        ("10.2", "cublas.so.10 cufft.so.10 curand.so.10 cusparse.so.10 cusolver.so.10 npps.so.10"),
        ("11.0.3", "cublas.so.11 cufft.so.10 curand.so.10 cusparse.so.11 cusolver.so.10 npps.so.11"),
        ("11.1.1", "cublas.so.11 cufft.so.10 curand.so.10 cusparse.so.11 cusolver.so.11 npps.so.11"),
        ("11.8.0", "cublas.so.11 cufft.so.10 curand.so.10 cusparse.so.11 cusolver.so.11 npps.so.11"),
        ("12.4.1", "cublas.so.12 cufft.so.11 curand.so.10 cusparse.so.12 cusolver.so.11 npps.so.12"),
        ("13.0.2", "cublas.so.13 cufft.so.12 curand.so.10 cusparse.so.12 cusolver.so.12 npps.so.13"),
    ])
    func librariesHaveTheNamesOfTheRelease(cuda: String, names: String) throws {
        let plan = try foreign("registry.example.com/x:1", cuda: cuda, os: "debian13", flavor: .runtime)
        let text = try program(plan)
        for name in names.split(separator: " ").map(String.init) + ["nccl.so.2"] {
            let isAsked = text.contains("\"lib\(name)\"")
            #expect(isAsked, "\(cuda): \(name)")
        }
    }

    @Test func libraryChecksFollowTheFlavor() throws {
        let base = try official("12.4.1-base-ubuntu22.04")
        #expect(base.libraries.value.isEmpty && !base.hasCompiler && base.cudnn == nil)
        let runtime = try official("12.4.1-runtime-ubuntu22.04")
        #expect(runtime.libraries.value == [.cublas, .cufft, .curand, .cusparse, .cusolver, .npp, .nccl])
        let devel = try official("12.4.1-cudnn-devel-ubuntu22.04")
        #expect(devel.libraries.value.last == .cudnn && devel.cudnn == 9 && devel.hasCompiler)
        #expect(try official("11.8.0-cudnn8-runtime-ubuntu22.04").cudnn == 8)
        #expect(try official("10.2-cudnn7-runtime-ubuntu18.04").cudnn == 7)
    }

    /// What is tested must be in the packages: every tag of the catalogue that has them.
    @Test func everyOfficialTagHasASmokeTest() throws {
        var count = 0
        for facts in catalog.tags where facts.tag.cuda >= CUDAVersion(10, 0) && !facts.tag.isReleaseCandidate {
            let plan = try official(facts.tag.description)
            let builder = try #require(plan.builder.value.image.tag.flatMap { CUDAImageTag($0) })
            #expect(builder.flavor == .devel && builder.cuda == facts.tag.cuda, "\(facts.tag)")
            #expect(builder.os == facts.tag.os || !facts.hasPins, "\(facts.tag)")
            #expect(plan.driver.floor != nil && plan.driver.minimum != nil, "\(facts.tag)")
            if let version = facts.cudnnVersion, let major = plan.cudnn { #expect(version.hasPrefix("\(major).")) }
            if facts.hasPins, facts.cudnnVersion != nil { #expect(plan.cudnn != nil, "\(facts.tag)") }
            count += 1
        }
        #expect(count > 1000)
    }

    @Test func foreignImageWithoutFlavorHasNoLibraryChecks() throws {
        let plan = try foreign("registry.example.com/x:1", cuda: "12.4.1", os: "ubuntu22.04")
        #expect(plan.libraries.value.isEmpty && plan.libraries.because.description.contains("--flavor runtime"))
        let cudnn = try foreign("registry.example.com/x:1", cuda: "12.4.1", os: "ubuntu22.04", cudnn: .any)
        #expect(cudnn.libraries.value == [.cudnn] && cudnn.cudnn == 9)
    }

    // MARK: - Drivers

    @Test(arguments: [
        ("10.2-base-ubuntu18.04", "440.33", "440.33"), ("11.0.3-base-ubuntu20.04", "450.36.06", "450.36.06"),
        ("11.8.0-base-ubuntu22.04", "450.80.02", "450.80.02"), ("12.4.1-base-ubuntu22.04", "525.60.13", "525.60.13"),
        ("13.0.2-base-ubuntu24.04", "580.65.06", "580.65.06"), ("13.1.1-base-rockylinux10", "580.65.06", "580.65.06"),
    ])
    func driverFloors(tag: String, minimum: String, floor: String) throws {
        let driver = try official(tag).driver
        #expect(driver.minimum?.description == minimum && driver.floor?.description == floor)
    }

    @Test(arguments: [
        ("12.4.1-base-ubuntu22.04", [470, 525, 535]), ("12.9.1-base-ubuntu24.04", [535, 550, 560, 565, 570]),
        ("10.2-base-ubuntu18.04", [418]), ("11.4.0-base-ubuntu20.04", [418, 450]),
    ])
    func forwardCompatibleBranchesAreThoseOfTheImage(tag: String, branches: [Int]) throws {
        let forward = try official(tag).driver.forward
        #expect(forward.map(\.from) == branches && forward.allSatisfy { $0.below == $0.from + 1 })
    }

    @Test func foreignImageHasNoForwardCompatibility() throws {
        #expect(try foreign("registry.example.com/x:1", cuda: "12.4.1", os: "ubuntu22.04").driver.forward.isEmpty)
    }

    // MARK: - Builder

    @Test(arguments: [
        ("debian:13", "12.8.1", "12.8.1-devel-ubuntu24.04"), ("debian:12", "12.4", "12.4.1-devel-ubuntu22.04"),
        ("debian:11", "12.4.1", "12.4.1-devel-ubuntu20.04"), ("debian:10", "11.8.0", "11.8.0-devel-ubuntu18.04"),
        // Ubuntu 24.04 has no such release: its devel image has an older C library, never a newer one.
        ("debian:13", "11.8.0", "11.8.0-devel-ubuntu22.04"), ("ubuntu:24.04", "12.4.1", "12.4.1-devel-ubuntu22.04"),
        ("python:3.12-slim-bookworm", "12.9.1", "12.9.1-devel-ubuntu22.04"),
        ("almalinux:9", "12.6.3", "12.6.3-devel-rockylinux9"), ("ubi8-minimal:8.9", "12.6.3", "12.6.3-devel-ubi8"),
        ("rockylinux:8", "12.6.3", "12.6.3-devel-rockylinux8"),
        ("amazonlinux:2023", "11.8.0", "11.8.0-devel-ubuntu20.04"),
    ])
    func builderHasNoNewerCLibrary(image: String, cuda: String, tag: String) throws {
        let builder = try foreign(image, cuda: cuda).builder
        #expect(builder.value.image.description == "docker.io/nvidia/cuda:\(tag)")
        #expect(!builder.because.description.isEmpty)
        #expect(builder.value.linksStandardLibrary == tag.contains("ubuntu"))
    }

    @Test func builderKnowsThreadsFromCUDA11_2() throws {
        #expect(try !official("11.1.1-base-ubuntu20.04").builder.value.hasThreads)
        #expect(try official("11.2.2-base-ubuntu20.04").builder.value.hasThreads)
    }

    // MARK: - The recipe's wishes

    @Test func recipeChoosesArchitecturesKernelsAndLibraries() throws {
        let plan = try plan(
            """
            name: My.App
            image: {cuda: 12.4.1, os: ubuntu22.04}
            gpu: {architectures: ["8.0", "9.0a"]}
            copy: [app.py]
            smoke:
              kernels: [vector-add, half, graph]
              libraries: [cublas]
              command: [python3, app.py]
            """)
        #expect(plan.image.value.description == "localhost/my-app:latest" && plan.name == "my-app" && plan.needsBuild)
        #expect(plan.architectures.value.map(\.description) == ["8.0", "9.0+PTX"])
        #expect(plan.kernels.value == [.half, .graph] && plan.libraries.value == [.cublas])
        #expect(plan.command == ["python3", "app.py"])
    }

    @Test func emptyListChoosesNothing() throws {
        let nothing = try plan("image: {cuda: 12.4.1, os: ubuntu22.04}\nsmoke: {kernels: [], libraries: []}")
        #expect(nothing.kernels.value.isEmpty && nothing.libraries.value.isEmpty && nothing.cudnn == nil)
        #expect(nothing.libraries.because.description == "app.yaml:2")
        #expect(try program(nothing).contains("vector add") && !program(nothing).contains("cublasCreate"))
        let all = try plan("image: {cuda: 12.4.1, os: ubuntu22.04}\nsmoke: {kernels: all}")
        #expect(all.kernels.value.contains(.graph) && all.libraries.value.contains(.cublas))
    }

    @Test func unknownNamesAreAllReported() throws {
        let recipe = "image: {cuda: 12.4.1}\nsmoke: {kernels: [hlaf, all], libraries: [cublast, cudnn]}\n"
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        #expect(output.plan == nil, "the recipe itself is wrong")
        #expect(
            output.diagnostics.all.map(\.message) == [
                "the smoke test has no kernel 'hlaf'", "the smoke test has no kernel 'all'",
                "the smoke test has no library 'cublast'",
            ])
        let found = messages { try plan("image: {cuda: 12.4.1}\nsmoke: {libraries: [cudnn]}\n") }
        #expect(found.count == 1 && found.contains { $0.contains("cuDNN") })
    }

    @Test(arguments: [-5, 0, 86_401, Int.max])
    func timeoutHasBounds(seconds: Int) throws {
        let plan = try #require(Generator().generate(RecipeBuilder().image(cuda: "12.4.1")).plan)
        let found = messages { try SmokeTestPlan(plan, timeoutSeconds: seconds, catalog: catalog) }
        #expect(found == ["a smoke test can't give up after \(seconds) seconds"])
        let image = try #require(ImageReference("nvidia/cuda:12.4.1-base-ubuntu22.04"))
        #expect(!messages { try SmokeTestPlan(image: image, timeoutSeconds: seconds, catalog: catalog) }.isEmpty)
    }

    @Test func headersNameTheCommandThatMakesTheFiles() throws {
        let output = Generator().generate(RecipeSource(text: "image: {cuda: 12.4.1}", fileName: "app.yaml"))
        let plan = try SmokeTestPlan(#require(output.plan), timeoutSeconds: 9, catalog: catalog)
        for file in try SmokeTest.files(plan, arguments: ["--flavor", "base"], extras: .kubernetes) {
            #expect(
                file.text.contains("cudagen smoke --flavor base --timeout 9 --kubernetes -o smoke app.yaml"),
                "\(file.path)")
        }
    }

    @Test func tensorCoresNeedAnArchitectureThatHasThem() throws {
        let old = try plan("image: {cuda: 12.4.1}\ngpu: {architectures: [\"6.1\"]}\n")
        #expect(!old.kernels.value.contains(.tensorCores))
        #expect(try plan("image: {cuda: 12.4.1}").kernels.value.contains(.tensorCores))
    }

    @Test func bareImageIsTheOfficialOne() throws {
        let plan = try plan(nil, ImageOptions(cuda: "12.4.1", flavor: .base, os: "ubuntu22.04"))
        #expect(plan.image.value.description == "docker.io/nvidia/cuda:12.4.1-base-ubuntu22.04" && !plan.needsBuild)
        let other = try self.plan(
            "image: {cuda: 12.4.1}\n", image: "registry.example.com/x@sha256:" + String(repeating: "a", count: 64))
        #expect(other.image.value.registry == "registry.example.com" && !other.needsBuild)
    }

    @Test func whatCannotBeToldIsAskedFor() throws {
        #expect(
            messages { try foreign("registry.example.com/x", cuda: "12.4.1") }.first?.contains("operating system")
                == true)
        let image = try #require(ImageReference("debian:12"))
        #expect(messages { try SmokeTestPlan(image: image, catalog: catalog) }.first?.contains("CUDA release") == true)
        #expect(messages { try official("9.2-base-ubuntu18.04") }.first?.contains("10.0 or newer") == true)
        #expect(messages { try foreign("debian:12", cuda: "77") }.first?.contains("no CUDA 77") == true)
    }

    private func program(_ plan: SmokeTestPlan) throws -> String {
        let files = try SmokeTest.files(plan)
        return try #require(files.first { $0.path == "smoke.cu" }).text
    }
}
