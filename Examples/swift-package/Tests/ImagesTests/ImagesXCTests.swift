import CudaImageKit
import CudaImageKitTesting
import Images
import XCTest

/// The same in XCTest.
final class ImagesXCTests: XCTestCase {
    func testTrainer() throws {
        let output = Generator().generate(Images.trainer(cuda: "12.4.1"))
        expectGolden(output, "trainer.Dockerfile")
        XCTAssertEqual(try GeneratedImage(output).entrypoint, ["python3", "train.py"])
    }
}
