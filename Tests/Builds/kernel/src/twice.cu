// Without a GPU the launch fails, and the program says with which runtime and why.
#include <cstdio>

__global__ void twice(float *values) { values[threadIdx.x] *= 2; }

int main() {
    int version = 0;
    cudaRuntimeGetVersion(&version);
    twice<<<1, 32>>>(nullptr);
    std::printf("%d %s\n", version, cudaGetErrorName(cudaGetLastError()));
}
