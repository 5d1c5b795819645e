import CudaImageKit
import CudaImageKitTesting
import Foundation
import Testing

/// What the tests of other packages lean on.
@Suite(.disabled(if: ProcessInfo.processInfo.environment["CUDAGEN_UPDATE_GOLDEN"] == "1", "golden files are written"))
struct TestingSupportTests {
    @Test func goldenFileOfTheSameBytesPasses() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        _ = try folder.write("FROM debian:12\n", to: "a.Dockerfile")
        expectGolden("FROM debian:12\n", "a.Dockerfile", in: folder.path)
    }

    @Test func otherBytesFailWithADiff() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        _ = try folder.write("FROM debian:12\nUSER 1\n", to: "a.Dockerfile")
        expectIssue(
            """
            --- a.Dockerfile
            +++ a.Dockerfile (generated)
            @@ -1,2 +1,2 @@
             FROM debian:12
            -USER 1
            +USER 2
            CUDAGEN_UPDATE_GOLDEN=1
            """
        ) {
            expectGolden("FROM debian:12\nUSER 2\n", "a.Dockerfile", in: folder.path)
        }
        expectIssue("--- a.Dockerfile") { expectGolden("FROM debian:12\nUSER 1", "a.Dockerfile", in: folder.path) }
    }

    @Test func missingFileSaysHowToRecordIt() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        expectIssue("there is no golden file '\(folder.path)/new.Dockerfile'\nCUDAGEN_UPDATE_GOLDEN=1 swift test") {
            expectGolden("FROM debian:12\n", "new.Dockerfile", in: folder.path)
        }
    }

    @Test func missingDockerfileShowsTheFindings() {
        expectIssue("no Dockerfile 'x':\n--cuda: error[CG0301]: there is no CUDA 77") {
            expectGolden(Generator().generate(nil, options: ImageOptions(cuda: CUDAVersionPattern(77))), "x")
        }
    }

    /// Where a failure is shown: at the line of the expectation.
    @Test func failureStandsAtTheCall() {
        let line = #line + 2
        withKnownIssue {
            expectGolden("", "none")
        } matching: { issue in
            issue.sourceLocation?.line == line && issue.sourceLocation?.fileName == "TestingSupportTests.swift"
        }
    }

    private func expectIssue(
        _ start: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> Void
    ) {
        withKnownIssue(sourceLocation: sourceLocation) {
            body()
        } matching: { issue in
            issue.comments.map(\.rawValue).joined().hasPrefix(start)
        }
    }

    @Test func officialImageIsKnownByMeaning() throws {
        let recipe = RecipeBuilder(name: "trainer")
            .image(cuda: "12.4.1", os: "ubuntu22.04", cudnn: .any)
            .systemPackages("curl", "libgl1=1.4.0-1")
            .environment(["LEVEL": "2", "PATH": "/opt/bin:$PATH"])
            .expose(8080).volumes("/data").labels(["a": "b"]).stopSignal("SIGINT")
            .copy("app").run("./app --version")
            .healthcheck("curl", "localhost")
            .entrypoint("./app").command("--serve")
        let image = try GeneratedImage(Generator().generate(recipe))
        #expect(image.base == "nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04")
        #expect(image.package("cuda-cudart-12-4")?.version == "12.4.127-1")
        #expect(image.package("libcudnn9-cuda-12")?.version == "9.1.0.70-1")
        #expect(image.package("curl") == GeneratedImage.Package(name: "curl", version: nil))
        #expect(image.package("libgl1")?.version == "1.4.0-1")
        #expect(image.package("cuda-nvcc-12-4") == nil)
        #expect(image.environment["LEVEL"] == "2")
        #expect(image.environment["CUDA_VERSION"] == "12.4.1")
        #expect(image.environment["NVIDIA_VISIBLE_DEVICES"] == "all")
        #expect(image.environment["PATH"] == "/opt/bin:/usr/local/nvidia/bin:/usr/local/cuda/bin:${PATH}")
        #expect(image.user == "10001:10001")
        #expect(image.workingDirectory == "/app")
        #expect(image.entrypoint == ["./app"])
        #expect(image.command == ["--serve"])
        #expect(image.ports == ["8080"])
        #expect(image.volumes == ["/data"])
        #expect(image.labels == ["org.opencontainers.image.title": "trainer", "a": "b"])
        #expect(image.healthcheck?.command == ["curl", "localhost"])
        #expect(image.stopSignal == "SIGINT")
        #expect(image.commands == ["./app --version"])
    }

    /// The same image from packages is the same by meaning, on each platform.
    @Test(arguments: [Platform.linuxAMD64, .linuxARM64])
    func packagesGiveTheSameImage(_ platform: Platform) throws {
        let recipe = RecipeBuilder().image(
            cuda: "12.4.1", os: "ubuntu22.04", platforms: [.linuxAMD64, .linuxARM64])
        let official = try GeneratedImage(Generator().generate(recipe), platform: platform)
        let installed = try GeneratedImage(Generator().generate(recipe.image(source: .packages)), platform: platform)
        #expect(official.base == "nvidia/cuda:12.4.1-runtime-ubuntu22.04")
        #expect(installed.base == "ubuntu:22.04")
        #expect(installed.environment == official.environment)
        #expect(installed.packages == official.packages)
        #expect(installed.package("cuda-libraries-12-4")?.version == "12.4.1-1")
    }

    @Test func stagesAreFollowedFromBelow() throws {
        let below = try StageName(validating: "below")
        let user = try #require(UserIdentity("app"))
        let dockerfile = Dockerfile(stages: [
            Dockerfile.Stage(
                from: .image(try ImageReference(validating: "debian:12")), as: below,
                [.workingDirectory(try ContainerPath(validating: "/srv")), .user(user), .command(["old"])]),
            Dockerfile.Stage(
                from: .stage(below),
                [.workingDirectory(try ContainerPath(validating: "data")), .entrypoint(["/bin/true"])]),
        ])
        let image = GeneratedImage(dockerfile)
        #expect(image.base == "debian:12")
        #expect(image.user == "app")
        #expect(image.workingDirectory == "/srv/data")
        #expect(image.command == nil)
        #expect(image.packages.isEmpty)
    }

    @Test func folderBelowAnUnknownOneIsUnknown() throws {
        let path = try ContainerPath(validating: "data")
        let base = StageBase.image(try ImageReference(validating: "debian:12"))
        let image = GeneratedImage(Dockerfile(stages: [Dockerfile.Stage(from: base, [.workingDirectory(path)])]))
        #expect(image.workingDirectory == nil)
    }

    @Test func platformHasToBeOneOfTheImages() throws {
        let output = Generator().generate(RecipeBuilder().image(cuda: "12.4.1", os: "ubuntu22.04"))
        let error = #expect(throws: DiagnosticError.self) { try GeneratedImage(output, platform: .linuxARM64) }
        #expect(error?.diagnostics.all.map(\.message) == ["the image is not built for linux/arm64"])
        #expect(throws: DiagnosticError.self) {
            try GeneratedImage(#require(output.plan), platform: .linuxARM64)
        }
    }

    @Test func errorLeavesNoImage() {
        let output = Generator().generate(RecipeBuilder().image(cuda: "77"))
        #expect(throws: DiagnosticError.self) { try GeneratedImage(output) }
    }
}
