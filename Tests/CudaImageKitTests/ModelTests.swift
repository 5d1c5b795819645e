import CudaImageKit
import Testing

@Suite struct ModelTests {
    @Test(arguments: ["11.4.0-cudnn8-runtime-ubuntu20.04", "12.4.1-cudnn-devel-ubuntu22.04", "8.0-devel-centos7"])
    func tagsPrintAsTheyWereRead(tag: String) {
        #expect(CUDAImageTag(tag)?.description == tag)
    }
}
