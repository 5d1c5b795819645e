import Testing

@testable import CudaImageKit

/// What each detector reads, and what it leaves alone.
@Suite struct DetectorTests {
    private func facts(_ files: [String: String]) -> ProjectFacts {
        ProjectFacts(ProjectFolder(name: "", texts: files))
    }

    @Test(arguments: [
        ("project(a LANGUAGES CXX CUDA)", true), ("project(a CXX CUDA)", true), ("ENABLE_LANGUAGE(CUDA)", true),
        ("find_package(CUDAToolkit 12 REQUIRED)", true),
        ("project(a CXX) # CUDA\n#[[\nenable_language(CUDA)\n]]", false),
        ("message(\"enable_language(CUDA)\")", false), ("project(a CXX)", false), ("", false),
    ])
    func cmakeProjectIsTakenIfItCompilesCUDA(_ text: String, _ isTaken: Bool) {
        #expect((facts(["CMakeLists.txt": text]).cmake != nil) == isTaken)
    }

    @Test(arguments: [
        ("set(CMAKE_CUDA_ARCHITECTURES 80 86)", ["8.0", "8.6"]),
        ("set(CMAKE_CUDA_ARCHITECTURES \"90a-real;120\")", ["9.0", "12.0"]),
        ("set_target_properties(a PROPERTIES CUDA_ARCHITECTURES 75-virtual)", ["7.5"]),
        ("set(CMAKE_CUDA_ARCHITECTURES native)", []), ("set(CMAKE_CUDA_ARCHITECTURES ${ARCHS} all-major)", []),
    ])
    func architecturesAreReadWhereTheyAreNumbers(_ text: String, _ wanted: [String]) {
        let cmake = facts(["CMakeLists.txt": "project(a CUDA)\n\(text)"]).cmake
        #expect(cmake?.architectures.map(\.value.number) == wanted)
        #expect(cmake?.asksGPU == text.contains("native"))
    }

    @Test(arguments: [
        ("CUDA::cublas", ["cublas"], false), ("CUDA::cublas_static CUDA::cudart", [], false),
        ("cudnn CUDA::nppif", ["nppif"], true),
    ])
    func librariesOfTheImageAreTold(_ link: String, _ names: [String], _ hasCuDNN: Bool) {
        let linked = facts(["CMakeLists.txt": "project(a CUDA)\ntarget_link_libraries(a PRIVATE \(link))"]).linked
        #expect(linked.names == names && linked.hasCuDNN == hasCuDNN)
    }

    @Test(arguments: [
        ("all: app\napp: a.cu\n\tnvcc", ["app"]), ("app: a.o\n\tnvcc", ["app"]), ("T=x\nall: $(T)\n\tnvcc", ["x"]),
        (".PHONY: go\ngo: ${A}\nA = b/c\n# nvcc", ["b/c"]), ("all: $(shell rm) a.o\n\tnvcc", []),
        ("all: ../x\n\tnvcc", []),
    ])
    func makefileTellsItsProgram(_ text: String, _ programs: [String]) {
        #expect(facts(["Makefile": text]).makefile?.programs == programs)
    }

    @Test func makefileWithoutCompilerIsLeftAlone() { #expect(facts(["Makefile": "all: app\n"]).makefile == nil) }

    @Test(arguments: [
        ("3.12\n", "3.12"), ("# mine\n3.11.4\n", "3.11"), ("cpython-3.10", "3.10"), ("pypy3.10", nil), ("system", nil),
        ("2.7", nil),
    ])
    func pythonVersionIsRead(_ text: String, _ version: String?) {
        #expect(facts([".python-version": text]).pythonVersion?.value.description == version)
    }

    @Test(arguments: [
        ("- python=3.12\n- cuda-version=12.4", "12.4", "3.12"), ("- cudatoolkit >=11.8", nil, nil),
        ("- nvidia::pytorch-cuda=12.1\n- python 3.11.*", "12.1", "3.11"), ("- pip: [cuda-version==11]", nil, nil),
        ("- cuda-version=12.*", "12", nil),
    ])
    func condaTellsItsCUDA(_ list: String, _ cuda: String?, _ python: String?) {
        let environment = facts(["environment.yml": "dependencies:\n\(list)\n"]).environment
        #expect(environment?.cuda?.value.description == cuda && environment?.python?.description == python)
    }

    @Test(arguments: [
        ("main.py and others", ["main.py": "", "b.py": ""], ["python3", "main.py"]),
        ("the only one", ["solve.py": ""], ["python3", "solve.py"]),
        (
            "the only one with a main", ["a.py": "", "b.py": "if __name__ == \"__main__\":\n    a()"],
            ["python3", "b.py"]
        ),
        ("a package", ["pkg/__main__.py": "", "a.py": "", "b.py": ""], ["python3", "-m", "pkg"]),
        (
            "a service", ["requirements.txt": "fastapi\nuvicorn\n", "api/web.py": "x = FastAPI()"],
            ["uvicorn", "api.web:x"]
        ),
        ("no server", ["requirements.txt": "fastapi\n", "api.py": "x = FastAPI()"], ["python3", "api.py"]),
        ("two that may", ["requirements.txt": "numpy", "a.py": "", "b.py": ""], nil),
        ("tools", ["requirements.txt": "numpy", "setup.py": "", "test_a.py": "", "conftest.py": ""], nil),
    ])
    func startOfThePythonApplicationIsFound(_ what: String, _ files: [String: String], _ words: [String]?) throws {
        let text = try #require(Starter().recipe(for: ProjectFolder(name: "a", texts: files)).text)
        let recipe = try #require(Recipe.parse(RecipeSource(text: text, fileName: "app.yaml")).recipe)
        #expect(recipe.entrypoint?.value == words, "\(what)")
    }

    @Test func dockerfileIsReadSurelyOrLeft() throws {
        let text = """
            # escape=`
            FROM debian:12 AS base
            FROM base
            EXPOSE 80 $PORT
            WORKDIR /a/$B
            USER $NAME
            ENTRYPOINT ./run.sh
            CMD ["bash"]
            RUN apt-get install -y `
              $LIST jq
            """
        let dockerfile = try #require(facts(["Dockerfile": text]).dockerfile)
        #expect(dockerfile.base?.value.description == "debian:12" && dockerfile.packages == ["jq"])
        #expect(dockerfile.ports == ["80"] && dockerfile.workingDirectory == nil && dockerfile.user == nil)
        #expect(dockerfile.entrypoint.isEmpty && dockerfile.command.isEmpty)
        #expect(dockerfile.left.map(\.name) == ["EXPOSE", "WORKDIR", "USER", "ENTRYPOINT", "CMD", "RUN"])
    }

    @Test func cudagensOwnDockerfileSaysNothing() throws {
        let own = Generator().generate(nil).text
        #expect(facts(["Dockerfile": try #require(own)]).dockerfile == nil)
    }

    @Test(arguments: [
        (["requirements.txt": "torch==2.99.0\n"], "torch==2.99.0 has no CUDA build in the catalogue"),
        (["requirements.txt": "torch @ https://example.com/torch.whl\n"], "stands behind an address"),
        (
            ["requirements.txt": "torch==2.8.0\n", "Dockerfile": "FROM nvidia/cuda:11.8.0-base-ubuntu22.04"],
            "the base of Dockerfile"
        ),
    ])
    func whatIsNotMetIsSaid(_ files: [String: String], _ sentence: String) throws {
        let text = try #require(Starter().recipe(for: ProjectFolder(name: "a", texts: files)).text)
        #expect(text.contains("Not taken into account: ") && text.contains(sentence), "\(text)")
    }

    @Test(arguments: [
        (
            [
                "setup.py":
                    "from torch.utils.cpp_extension import CUDAExtension\nsetup(install_requires=['torch==2.4.0'])"
            ],
            "2.4.0"
        ),
        (["setup.py": "setup(\n  install_requires = [\n    # gpu\n    \"torch==2.5.1\", 'numpy'],\n)"], "2.5.1"),
        (["Dockerfile": "FROM pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime\n", "serve.py": "import torch"], "2.4.0"),
        (["Dockerfile": "FROM pytorch/pytorch:2.4.0-cuda12.1-cudnn9-devel\n", "requirements.txt": "fastapi"], "2.4.0"),
    ])
    func torchIsFoundWhereverItIsNamed(_ files: [String: String], _ version: String) throws {
        let output = Starter().recipe(for: ProjectFolder(name: "a", texts: files))
        let text = try #require(output.text, "\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(text.contains("packages: [torch==\(version)"), "\(text)")
        if files["Dockerfile"] != nil { #expect(text.contains("cuda: 12.1.1 ") && text.contains("+cu121]"), "\(text)") }
    }

    @Test func extensionWithoutRequirementsNeedsPyTorch() throws {
        let folder = ProjectFolder(name: "a", texts: ["setup.py": "import CUDAExtension\nx = [install_requires]"])
        #expect(try #require(Starter().recipe(for: folder).choice).contains("with torch "))
    }

    @Test(arguments: [
        ("--extra-index-url https://download.pytorch.org/whl/cu118\ntorch==2.4.0\n", "cuda: 11.8.0"),
        ("-r more.txt\nnumpy\n", "torch 2.4.0 is built for"),
        (
            "torch==2.4.0; python_version < '3.9'\ntorch==2.6.0; python_version >= '3.9'\n",
            "torch 2.6.0 of pip's own index is built for"
        ),
        (
            "-i https://download.pytorch.org/whl/cpu\ntorch==2.4.0\n",
            "Not taken into account: requirements.txt:1: PyTorch's index"
        ),
        ("-r gone.txt\ntorch==2.4.0\n", "that were not found or read here"),
    ])
    func requirementsSayMoreThanVersions(_ requirements: String, _ part: String) throws {
        let folder = ProjectFolder(
            name: "a", texts: ["requirements.txt": requirements, "more.txt": "torch==2.4.0\n", "main.py": ""])
        let output = Starter().recipe(for: folder)
        let text = try #require(output.text, "\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(text.replacing("\n# ", with: " ").contains(part), "\(text)")
        if requirements.contains("more.txt") { #expect(output.dockerIgnore.contains("!more.txt")) }
    }

    @Test func contradictionIsAnErrorAndNoRecipe() {
        let folder = ProjectFolder(name: "a", texts: ["requirements.txt": "torch==1.12.1\n"])
        let request = PlanRequest([Located(.gpu(GPU(capability: ComputeCapability(9, 0))), at: .option("--gpu"))])
        let output = Starter().recipe(for: folder, request: request)
        #expect(output.text == nil && output.diagnostics.all.contains { $0.code == .contradiction })
    }

    @Test func refusedPartOfADockerfileIsLeftOut() throws {
        // Ubuntu 24.04 has the account 1000 already.
        let files = [
            "Dockerfile":
                "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nUSER 1000\nEXPOSE 80\nCMD [\"python3\", \"a.py\"]\n",
            "a.py": "", "requirements.txt": "numpy",
        ]
        let text = try #require(Starter().recipe(for: ProjectFolder(name: "a", texts: files)).text)
        #expect(text.contains("Not taken over from Dockerfile: USER ("), "\(text)")
        #expect(!text.contains("\nuser:") && text.contains("\nexpose: [80]") && text.contains("[python3, a.py]"))
    }

    @Test func wheelsThatCanNotBeBuiltGiveTheNearestImage() throws {
        let folder = ProjectFolder(name: "a", texts: ["requirements.txt": "tensorflow==2.17.0\n", "main.py": ""])
        #expect(Starter().recipe(for: folder).text != nil)
    }
}
