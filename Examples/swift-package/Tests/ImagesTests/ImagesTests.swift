import CudaImageKit
import CudaImageKitTesting
import Images
import Testing

@Suite struct ImagesTests {
    @Test func trainerIsAsItWasRead() {
        expectGolden(Generator().generate(Images.trainer(cuda: "12.4.1")), "trainer.Dockerfile")
    }

    @Test func runtimeIsAsItWasRead() {
        expectGolden(Images.runtimeDockerfile, "runtime.Dockerfile")
    }

    @Test(arguments: ["12.4.1", "12.6.3", "12.8.1"])
    func trainerHasCuDNN(cuda: String) throws {
        let image = try GeneratedImage(Generator().generate(Images.trainer(cuda: cuda)))
        #expect(image.base == "nvidia/cuda:\(cuda)-cudnn-runtime-ubuntu22.04")
        #expect(image.package("libcudnn9-cuda-12")?.version != nil)
        #expect(image.environment["LEVEL"] == "2")
        #expect(image.user == "10001:10001")
    }
}
