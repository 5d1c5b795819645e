import Testing

@testable import CudaImageKit

/// CUDA's packages among those of the operating system.
@Suite struct SystemCUDATests {
    @Test(arguments: ["libcudnn9-cuda-12", "cuda-toolkit-12-4", "libcublas-12-4", "libcudnn8=8.9.7.29-1+cuda12.2"])
    func packageOfNVIDIAIsNotFoundBesideWheels(package: String) throws {
        try Refusal(
            "image: {source: wheels}\npython: {packages: [torch]}\nsystem: {packages: [\"\(package)\"]}",
            "3:21 CG0340 the package '\(package.prefix { $0 != "=" })' is in NVIDIA's repository, which an image of source "
                + "'wheels' does not have", help: "source 'image' or 'packages'"
        ).check(severity: .error)
    }

    @Test(arguments: [
        Refusal(
            "image: {cuda: 12.6.3, flavor: runtime}\nsystem: {packages: [cuda-toolkit-12-4]}",
            "2:21 CG0403 the package 'cuda-toolkit-12-4' is of CUDA 12.4, and the image has CUDA 12.6", help: "12.4"),
        Refusal(
            "image: {cuda: 12.6.3, flavor: base}\nsystem: {packages: [nvidia-cuda-toolkit]}",
            "2:21 CG0403 the package 'nvidia-cuda-toolkit' is the distribution's own CUDA, and the image has NVIDIA's 12.6",
            help: "devel"),
        Refusal(
            "image: {cuda: 12.6.3, flavor: runtime}\nsystem: {packages: [libcudnn9-cuda-12, libcudnn8]}",
            "2:40 CG0403 the package 'libcudnn8' is cuDNN 8, and 'libcudnn9-cuda-12' is cuDNN 9", help: "keep one"),
        Refusal(
            "image: {cuda: 12.6.3, flavor: runtime, cudnn: 9}\nsystem: {packages: [libcudnn8]}",
            "2:21 CG0403 the package 'libcudnn8' is cuDNN 8, and image.cudnn is 9", help: "keep one"),
    ])
    func secondCUDAIsSaid(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test(arguments: [
        "image: {cuda: 12.4.1, flavor: base}\nsystem: {packages: [cuda-toolkit-12-4, cuda-compat-12-8, libcudnn9-cuda-12]}",
        "image: {source: wheels}\npython: {packages: [torch==2.6.0]}\nsystem: {packages: [libgl1, libstdc++-12-dev]}",
        "image: {source: wheels, base: \"registry.example.com/cuda:1-bookworm\"}\npython: {packages: [torch==2.6.0]}\n"
            + "system: {packages: [libcudnn9-cuda-12]}",
    ])
    func whatFitsIsNotMentioned(recipe: String) {
        let all = resolve(recipe).diagnostics.all.filter { $0.message.contains("the package") }
        #expect(all.isEmpty, "\(all)")
    }
}
