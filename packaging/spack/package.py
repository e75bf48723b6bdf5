# Spack recipe: copy to a repository's packages/libgrazing/package.py. See packaging/README.md for what of it was tried.
from spack.package import *


class Libgrazing(MakefilePackage):
    """Boltzmann collision operator with non-cutoff kernels, its grazing-collision limit the Landau operator, and their gradient-flow
    structure."""

    homepage = "https://example.org/libgrazing"
    url = "https://example.org/libgrazing/libgrazing-0.2.0.tar.gz"
    license("BSD-3-Clause")

    version("0.2.0", sha256="0000000000000000000000000000000000000000000000000000000000000000")

    variant("openmp", default=True, description="Use threads")
    variant("fortran", default=True, description="Install .mod files for gfortran")

    depends_on("c", type="build")
    depends_on("fortran", type="build", when="+fortran")
    depends_on("pkgconfig", type="build")
    depends_on("python@3.8:", type=("build", "run"))
    depends_on("py-numpy", type="run")
    depends_on("openblas+locking threads=none")
    depends_on("netlib-lapack+lapacke")
    depends_on("fftw-api@3")

    def edit(self, spec, prefix):
        env["GRZ_NO_INSTALL"] = "1"

    @property
    def build_targets(self):
        return ["PREFIX=" + self.prefix] + ([] if self.spec.satisfies("+openmp") else ["OPENMP="])

    @property
    def install_targets(self):
        return ["install"] + self.build_targets
