# The tutorial's application as an HPC Container Maker recipe: what cudagen's Examples/tensorflow describes.
Stage0 += baseimage(image="nvidia/cuda:11.4.0-cudnn8-runtime-ubuntu20.04", _distro="ubuntu20")
Stage0 += packages(ospackages=["python3", "python3-pip", "python3-venv"])
Stage0 += pip(packages=["tensorflow==2.6.0"], pip="pip3")
Stage0 += environment(variables={"TF_CPP_MIN_LOG_LEVEL": "2"})
Stage0 += copy(src="tensor-code.py", dest="/app/")
Stage0 += workdir(directory="/app")
Stage0 += user(user="10001")
Stage0 += runscript(commands=["python3 tensor-code.py"])
