import Testing

@testable import CudaImageKit

/// `image.source: wheels`
@Suite struct WheelsTests {
    /// Generates with files that need not be on disk; their names are seen from the recipe's folder.
    private func generate(
        _ recipe: String, files: [String: String] = [:], options: ImageOptions = ImageOptions()
    ) -> Generator.Output {
        let generator = Generator(files: FileReader(files))
        return generator.generate(RecipeSource(text: recipe, fileName: "app.yaml"), options: options)
    }

    private func plan(
        _ recipe: String, files: [String: String] = [:], options: ImageOptions = ImageOptions()
    ) throws -> ImagePlan {
        let output = generate(recipe, files: files, options: options)
        return try #require(output.plan, "\(DiagnosticFormatter().text(output.diagnostics))")
    }

    // MARK: - The base

    /// `image` beside the source, `python.version`, then base and Python.
    @Test(arguments: [
        ("", "", "python:3.15-slim-bookworm", "3.15"),
        ("", "3.12", "python:3.12-slim-bookworm", "3.12"),
        (", os: debian13", "3.12", "python:3.12-slim-trixie", "3.12"),
        (", os: debian12", "", "debian:12", "3.11"),
        (", os: ubuntu22.04", "", "ubuntu:22.04", "3.10"),
        (", os: ubuntu22.04", "3.12", "ubuntu:22.04", "3.12"),
        (", os: rockylinux9", "3.12", "rockylinux/rockylinux:9", "3.12"),
        (", base: \"python:3.11-slim-bookworm\"", "", "python:3.11-slim-bookworm", "3.11"),
        (
            ", base: \"registry.example.com/team/base:1\", os: ubuntu24.04", "", "registry.example.com/team/base:1",
            "3.12"
        ),
    ])
    func baseHasThePython(image: String, version: String, base: String, python: String) throws {
        let key = version.isEmpty ? "" : "version: \"\(version)\", "
        let plan = try plan("image: {source: wheels\(image)}\npython: {\(key)packages: [torch]}\n")
        #expect(plan.wheels?.base.value.description == base)
        #expect(plan.application.python?.version?.value.description == python)
        #expect(plan.tag == nil && plan.contents.isEmpty)
    }

    /// An older build for the image's own Python goes before a newer one for another Python.
    @Test func ownPythonGoesFirst() throws {
        let old = try plan("image: {source: wheels, os: ubuntu22.04}\npython: {packages: [torch]}\n")
        #expect(old.application.python?.packages == ["torch==2.14.1"])
        // There is no such build: uv installs what the wheels are for.
        let other = try plan("image: {source: wheels, os: ubuntu22.04}\npython: {packages: [torch==2.15.0]}\n")
        #expect(other.application.python?.interpreter == .uv)
        #expect(other.application.python?.version?.value == PythonVersion(3, 15))
    }

    // MARK: - The packages

    /// What stands in the recipe, `image.cuda`, what is asked of pip, and of which index.
    @Test(arguments: [
        ("torch==2.6.0", "", "torch==2.6.0", nil as String?),
        ("torch==2.6.0", "12.6", "torch==2.6.0+cu126", "cu126"),
        ("torch==2.6.0", "11", "torch==2.6.0+cu118", "cu118"),
        ("torch==2.6.0+cu118", "", "torch==2.6.0+cu118", "cu118"),
        ("Torch >=2.4, <2.5 ; python_version > '3.8'", "12.1", "Torch==2.4.1+cu121; python_version > '3.8'", "cu121"),
        ("torch[opt-einsum]", "12.8", "torch[opt-einsum]==2.11.0+cu128", "cu128"),
        ("tensorflow", "", "tensorflow[and-cuda]==2.21.0", nil),
        ("tensorflow==2.18.0", "12.5", "tensorflow[and-cuda]==2.18.0", nil),
        ("tensorflow[and-cuda]==2.18.0", "", "tensorflow[and-cuda]==2.18.0", nil),
        ("jax", "12", "jax[cuda12]==0.12.0.1", nil), ("jax[cuda12]", "", "jax[cuda12]==0.12.0.1", nil),
        ("jax", "", "jax[cuda13]==0.12.0.1", nil),
        ("onnxruntime-gpu", "12", "onnxruntime-gpu[cuda,cudnn]==1.26.0", nil),
        ("vllm==0.8.5", "", "vllm==0.8.5", nil),
    ])
    func requirementsAreCompleted(asked: String, cuda: String, needed: String, index: String?) throws {
        let key = cuda.isEmpty ? "" : ", cuda: \(cuda)"
        let output = generate("image: {source: wheels\(key)}\npython: {packages: [\"\(asked)\"]}\n")
        let python = try #require(
            output.plan?.application.python, "\(DiagnosticFormatter().text(output.diagnostics))")
        if let index {
            let url = "https://download.pytorch.org/whl/\(index)"
            #expect(python.groups == [.init(index: .url(url), packages: [needed])])
            #expect(python.packages.isEmpty && output.text?.contains("--index-url=\(url) \\\n") == true)
        } else {
            #expect(python.packages == [needed] && python.groups.isEmpty)
        }
        #expect(output.diagnostics.all.contains { $0.code == .requirementCompleted } == (asked != needed))
        #expect(output.plan?.wheels?.builds.first?.requirement.value == needed)
    }

    /// Beside other packages a build is named again, so that they can't replace it; what belongs to it comes along.
    @Test func buildOfAnIndexIsKept() throws {
        let python = try plan(
            "image: {source: wheels, cuda: 12.6}\npython: {packages: [torch==2.6.0, torchvision, numpy, torchaudio==2.6.0]}\n"
        ).application.python
        #expect(
            python?.groups.map(\.packages) == [["torch==2.6.0+cu126", "torchvision==0.21.0", "torchaudio==2.6.0"]])
        #expect(python?.packages == ["torch==2.6.0+cu126", "numpy"])
    }

    @Test func ownIndexIsKept() throws {
        let url = "https://download.pytorch.org/whl/cu126"
        let extra = try plan(
            "image: {source: wheels}\npython: {packages: [torch, six], extra-indexes: [\"\(url)\"]}\n")
        #expect(extra.application.python?.groups == [])
        #expect(extra.application.python?.packages == ["torch==2.13.0+cu126", "six"])
        #expect(extra.wheels?.cuda?.value == CUDAVersionPattern(12, 6))
        // A network that has a mirror may reach nothing else.
        let mirror = try plan(
            "image: {source: wheels, cuda: 12.6}\npython: {packages: [torch], index: \"https://example.com/simple\"}\n")
        #expect(mirror.application.python?.groups == [])
        #expect(mirror.application.python?.packages == ["torch==2.13.0+cu126"])
    }

    @Test func requirementsFileIsCompletedOnTheCommandLine() throws {
        let recipe =
            "image: {source: wheels, cuda: 12.6}\npython: {requirements: req.txt, manager: uv, packages: [six]}\n"
        let python = try plan(
            recipe, files: ["req.txt": "torch>=2.6\ntorchvision\nnumpy\njax==0.10.2\n"]
        ).application.python
        #expect(python?.groups.map(\.packages) == [["torch==2.13.0+cu126", "torchvision==0.28.0"]])
        #expect(python?.additions == ["torch==2.13.0+cu126", "jax[cuda12]==0.10.2"])
        #expect(python?.packages == ["six"])
        let settled = try plan(
            "image: {source: wheels}\npython: {requirements: req.txt}\n",
            files: ["req.txt": "tensorflow[and-cuda]==2.18.0 --hash=sha256:00\n"])
        #expect(settled.application.python?.additions == [])
        let hashed = generate(
            "image: {source: wheels}\npython: {requirements: req.txt}\n",
            files: ["req.txt": "tensorflow==2.18.0 --hash=sha256:00\n"])
        #expect(
            hashed.plan == nil
                && hashed.diagnostics.all.contains { $0.code == .noCUDAInWheels && $0.severity == .error })
    }

    /// The lock file decides: only what can't be right is said.
    @Test func projectIsLeftAsItIs() throws {
        let recipe = "image: {source: wheels}\npython: {project: ., version: \"3.12\"}\n"
        let file = { (text: String) in ["./pyproject.toml": "[project]\ndependencies = [\(text)]\n"] }
        let cpu = generate(recipe, files: file("\"tensorflow==2.18.0\""))
        #expect(cpu.diagnostics.all.map(\.code) == [.noCUDAInWheels] && cpu.plan == nil)
        #expect(cpu.diagnostics.all.first?.help?.contains("tensorflow[and-cuda]") == true)
        let good = try plan(recipe, files: file("\"tensorflow[and-cuda]==2.18.0\""))
        #expect(good.wheels?.cuda?.value == CUDAVersionPattern(12, 5))
        let other = generate(
            "image: {source: wheels, cuda: 11.8}\npython: {project: ., version: \"3.12\"}\n",
            files: file("\"torch==2.6.0\""))
        #expect(other.plan != nil && other.diagnostics.all.map(\.code) == [.wheelIndex])
    }

    // MARK: - CUDA

    /// Packages, then what is known of their CUDA, and the release that stands for it.
    @Test(arguments: [
        ("torch==2.6.0", "12.4", "12.4.1"), ("\"jax[cuda12]==0.10.2\"", "12", "12.3.2"),
        ("nvidia-cudnn-cu12", "12", "12.0.1"), ("cupy-cuda11x, nvidia-cuda-runtime-cu11", "11", "11.0.3"),
        ("my-wheels", nil as String?, nil as String?),
    ])
    func releaseOfTheWheels(packages: String, cuda: String?, release: String?) throws {
        let plan = try plan("image: {source: wheels}\npython: {packages: [\(packages)]}\n")
        #expect(plan.wheels?.cuda?.value.description == cuda)
        #expect(plan.release?.value.description == release)
        #expect(plan.summary == "CUDA\(cuda.map { " \($0)" } ?? "") from wheels on \(plan.os.value)")
    }

    /// The C library of the stage that compiles is not newer than the image's.
    @Test(arguments: [
        ("debian12", "12.8.1-devel-ubuntu22.04"), ("debian13", "12.8.1-devel-ubuntu24.04"),
        ("debian11", "12.8.1-devel-ubuntu20.04"), ("ubuntu24.04", "12.8.1-devel-ubuntu24.04"),
        ("almalinux9", "12.8.1-devel-rockylinux9"), ("amzn2023", "12.8.1-devel-amzn2023"),
    ])
    func compilerFitsTheImage(os: String, tag: String) throws {
        let plan = try plan(
            """
            image: {source: wheels, cuda: 12.8, os: \(os)}
            python: {version: "3.12", packages: [torch]}
            build: {run: [make], artifacts: [a]}
            """)
        guard case .image(let reference) = plan.toolchain else {
            Issue.record("no image compiles")
            return
        }
        #expect(reference.description == "nvidia/cuda:\(tag)")
        #expect(!plan.gpu.architectures.value.isEmpty)
    }

    @Test func variablesOfTheToolkitAreSet() throws {
        let recipe = "image: {source: wheels}\ngpu: {devices: [1]}\npython: {packages: [torch]}\n"
        let text = try #require(generate(recipe).text)
        #expect(text.contains("NVIDIA_VISIBLE_DEVICES=\"1\" \\\n    NVIDIA_DRIVER_CAPABILITIES=\"compute,utility\"\n"))
        for name in ["NVIDIA_REQUIRE_CUDA", "LD_LIBRARY_PATH", "developer.download.nvidia.com", "nvidia/cuda"] {
            #expect(!text.contains(name), "\(name)")
        }
    }

    @Test func resolveChoosesWheelsWhereNoImageFits() throws {
        let plan = try plan("image: {cuda: resolve}\npython: {packages: [tensorflow==2.18.0]}\n")
        #expect(plan.source.value == .wheels && plan.application.python?.packages == ["tensorflow[and-cuda]==2.18.0"])
    }

    @Test func matrixHasBothSources() throws {
        let matrix = Matrix.parse(
            RecipeSource(
                text: "recipe: app.yaml\nmatrix: {source: [image, wheels]}\n", fileName: "matrix.yaml"),
            files: FileReader(["app.yaml": "python: {version: \"3.12\", packages: [torch==2.6.0]}\n"]))
        #expect(!matrix.diagnostics.hasErrors)
        let outputs = try #require(matrix.matrix).entries.map { Generator().generate($0) }
        #expect(outputs.map { $0.plan?.wheels == nil } == [true, false])
        #expect(outputs.last?.text?.contains("FROM python:3.12-slim-bookworm\n") == true)
    }

    // MARK: - What hangs on the plan

    @Test func smokeTestLeavesLibrariesToTheCommand() throws {
        let recipe =
            "image: {source: wheels}\npython: {packages: [torch==2.6.0]}\nsmoke: {command: [python, -c, \"import torch\"]}\n"
        let test = try SmokeTestPlan(plan(recipe), catalog: .embedded)
        #expect(test.libraries.value.isEmpty && test.libraries.because.description.contains("smoke.command"))
        #expect(test.cuda.value == CUDAVersion(12, 4, 1) && test.needsBuild && !test.hasCompiler)
        #expect(test.builder.value.image.description == "docker.io/nvidia/cuda:12.4.1-devel-ubuntu22.04")
        let named = try plan(recipe.replacing("command: [python, -c, \"import torch\"]", with: "libraries: [cublas]"))
        #expect(throws: DiagnosticError.self) { try SmokeTestPlan(named, catalog: .embedded) }
        let unknown = try plan("image: {source: wheels}\npython: {packages: [my-wheels]}\n")
        #expect(throws: DiagnosticError.self) { try SmokeTestPlan(unknown, catalog: .embedded) }
        #expect(throws: DiagnosticError.self) { try HostImage(unknown) }
    }

    @Test func driverOfTheMajorVersionWillDo() throws {
        let plan = try plan("image: {source: wheels}\npython: {packages: [torch==2.6.0]}\n")
        #expect(plan.cudaOfDriver == CUDAVersion(12, 0))
        #expect(try HostImage(plan).condition(on: nil) == .notSet)
        let text = Explanation(plan, catalog: .embedded).text
        for part in [
            "NVIDIA_REQUIRE_CUDA", "525.60.13 or newer", "torch==2.6.0", "NVIDIA's packages", "libcublas-12-4",
        ] { #expect(text.contains(part), "\(part) is not in:\n\(text)") }
    }
}
