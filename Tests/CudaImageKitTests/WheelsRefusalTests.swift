import Testing

@testable import CudaImageKit

@Suite struct WheelsRefusalTests {
    @Test(arguments: [
        Refusal(
            "image: {source: wheels, flavor: base}\npython: {packages: [torch]}",
            "1:33 CG0203 source 'wheels' has no flavor: the image has none of NVIDIA's packages", help: "'build'"),
        Refusal(
            "image: {source: wheels, cudnn: 9}\npython: {packages: [torch]}",
            "1:32 CG0203 with source 'wheels' cuDNN comes with the Python packages, in the version they need",
            help: "leave it out"),
        Refusal(
            "image: {source: wheels}\npython: {manager: conda, packages: [pytorch]}",
            "2:19 CG0203 conda installs no wheels: its channels have packages of CUDA of their own",
            help: "flavor 'base'"),
        Refusal(
            "image: {source: wheels}",
            "1:17 CG0109 source 'wheels' needs Python packages that bring CUDA, and there is no 'python'",
            help: "packages: [torch]"),
        Refusal(
            "image: {source: wheels, base: \"archlinux:latest\"}\npython: {packages: [torch]}",
            "1:31 CG0307 CUDA can't be installed on 'archlinux:latest': cudagen does not know its package manager",
            help: "glibc"),
        Refusal(
            "image: {source: wheels, base: \"python:3.12-alpine\"}\npython: {packages: [torch]}",
            "1:31 CG0307 CUDA can't be installed on 'python:3.12-alpine': Alpine's C library is musl, and NVIDIA's "
                + "libraries need glibc", help: "glibc"),
        Refusal(
            "image: {source: wheels, base: \"nvidia/cuda:12.4.1-base-ubuntu22.04\"}\npython: {packages: [torch]}",
            "1:31 CG0203 the base 'nvidia/cuda:12.4.1-base-ubuntu22.04' is an official CUDA image",
            help: "source 'image'"),
        Refusal(
            "image: {source: wheels, base: \"example.com/x:1\"}\npython: {packages: [torch]}",
            "1:31 CG0308 the operating system of 'example.com/x:1' can't be told from its name", help: "--os"),
        Refusal(
            "image: {source: wheels}\npython: {packages: [my-wheels]}\nbuild: {run: [make], artifacts: [a]}",
            "3:1 CG0109 which CUDA 'build' compiles with can't be told from the Python packages", help: "image.cuda"),
    ])
    func isRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    /// `image` beside the source, `python.packages`, the finding, and a part of its help.
    @Test(arguments: [
        (", cuda: 12.7", "torch", "1:31 CG0332 there is no plan for CUDA 12.7", ""),
        ("", "tensorflow==2.12.0", "2:21 CG0332 tensorflow 2.12.0 and source 'wheels' contradict each other", "image"),
        (
            "", "torch==2.9.0, tensorflow==2.18.0",
            "2:21 CG0332 torch 2.9.0 and tensorflow 2.18.0 contradict each other", ""
        ),
        (", cuda: 13", "torch, cupy-cuda12x", "1:31 CG0332 CUDA 13 and CUDA 12 contradict each other", ""),
        (
            ", cuda: 11.8", "nvidia-cudnn-cu12",
            "2:21 CG0332 'nvidia-cudnn-cu12' is for CUDA 12, and image.cuda is 11.8", ""
        ),
        ("", "torch==2.6.0+cpu", "2:21 CG0340 'torch==2.6.0+cpu' is a build for the CPU", "+cpu"),
        (
            "", "\"jax[cuda12-local]\"",
            "2:21 CG0340 'jax[cuda12-local]' takes CUDA's libraries from the image, which has none", "-local"
        ),
        ("", "tensorflow==2.99", "2:21 CG0331 tensorflow 2.99 is not in the facts", "take tensorflow"),
        (", cuda: 12.4", "torch==2.99", "2:21 CG0331 torch 2.99 is not in the facts", "take torch"),
    ])
    func packagesAreRefused(image: String, packages: String, finding: String, help: String) throws {
        let recipe = "image: {source: wheels\(image)}\npython: {packages: [\(packages)]}\n"
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        let all = DiagnosticFormatter().text(output.diagnostics)
        let found = try #require(output.diagnostics.all.first { summary($0) == finding }, "\(all)")
        #expect(found.severity == .error && output.plan == nil && (help.isEmpty || found.help?.contains(help) == true))
    }

    @Test(arguments: [
        ("", "numpy", "2:1 CG0340 none of the Python packages is known to bring CUDA's libraries"),
        ("", "torch==2.99", "2:21 CG0331 torch==2.99 is not in the facts"),
        (
            ", cuda: 12.6", "ultralytics",
            "2:21 CG0338 'ultralytics' needs PyTorch, whose newest release need not be for CUDA 12.6"
        ),
        (
            ", platforms: [linux/arm64]", "jax==0.10.2",
            "1:37 CG0337 whether the frameworks have GPU wheels for linux/arm64 is not in the facts"
        ),
    ])
    func isWarnedOf(image: String, packages: String, finding: String) throws {
        let recipe = "image: {source: wheels\(image)}\npython: {packages: [\(packages)]}\n"
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        let all = DiagnosticFormatter().text(output.diagnostics)
        let found = try #require(output.diagnostics.all.first { summary($0) == finding }, "\(all)")
        #expect(found.severity == .warning && output.text != nil)
    }
}
