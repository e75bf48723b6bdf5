# libgrazing. make demo and make check need nothing beforehand; make help lists the rest.
#
# Two passes: the first makes sure that the goals' dependencies are there (scripts/dependencies.sh), the second, which may then ask
# pkg-config, builds. FLAVOUR names a way of building (release, asan, ubsan, tsan, valgrind, abi); each has its own folder build/FLAVOUR.

CXX ?= c++
NM ?= nm
PKG_CONFIG ?= pkg-config
FORTRAN ?= gfortran
DOXYGEN ?= doxygen
CLANG_FORMAT ?= clang-format

PREFIX ?= /usr/local
# What is installed names its place in full.
override PREFIX := $(if $(filter /%,$(firstword $(PREFIX))),$(PREFIX),$(CURDIR)/$(PREFIX))
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
PKGCONFIGDIR ?= $(LIBDIR)/pkgconfig
CMAKEDIR ?= $(LIBDIR)/cmake/grazing

FLAVOUR ?= release
B := build/$(FLAVOUR)
GOALS := $(or $(MAKECMDGOALS),all)

ifndef GRAZING_READY
# ------------------------------------------------------------------------------------------------- first pass: dependencies

NEEDS_help = -
NEEDS_clean = -
NEEDS_uninstall = -
NEEDS_docs = doxygen mathjax
NEEDS_format = clang-format
NEEDS_format-check = clang-format
NEEDS_demo = library gnuplot
NEEDS_check = library check c++ fortran scientific-python cmake mpi hdf5 sundials
NEEDS_kinetic = library mpi hdf5
NEEDS_sundials = library sundials
NEEDS_sundials-check = library sundials
NEEDS_kinetic-check = library mpi hdf5
NEEDS_kinetic-figures = library mpi hdf5 gnuplot
NEEDS_suites = library check
NEEDS_test = library check
NEEDS_mutants = library check python3
NEEDS_asan = library check
NEEDS_ubsan = library check clang-openmp
NEEDS_tsan = library check clang-openmp
NEEDS_valgrind = library check valgrind
NEEDS_abi-check = library gcc abigail
NEEDS_abi-update = library gcc abigail
NEEDS_architecture-check = library
NEEDS_symbol-check = library
NEEDS_ffi-check = library python3
NEEDS_python-check = library scientific-python
NEEDS_fuzz = library
NEEDS_abi-gate-check = abigail gcc
NEEDS_bindings = scientific-python
NEEDS_julia-check = library scientific-python
NEEDS_cpp-check = library c++
NEEDS_consumer-check = library c++ cmake
NEEDS_fortran = library fortran
NEEDS_fortran-check = library fortran scientific-python
NEEDS_wheel = library scientific-python wheel
NEEDS_wheel-check = library scientific-python wheel
NEEDS_notebooks-check = library scientific-python notebooks
NEEDS_types-check = scientific-python mypy
NEEDS_check-all = $(NEEDS_check) $(NEEDS_wheel) $(NEEDS_notebooks-check) $(NEEDS_types-check)
NEEDS_deb = library fortran debhelper
NEEDS_deb-check = library fortran debhelper debootstrap
NEEDS_cmake-check = library check cmake
NEEDS_manual-check = library scientific-python
NEEDS_figures = library gnuplot
NEEDS_bench = library scientific-python
NEEDS_coverage = library check gcc
NEEDS_dist = library check c++
NEEDS := $(filter-out -,$(sort $(foreach goal,$(GOALS),$(or $(NEEDS_$(goal)),library))))

.PHONY: $(GOALS) ready
$(GOALS): ready
	@:

# All goals go to one second pass, so that make -j cannot build a file twice; clean comes before them.
ready:
ifneq ($(filter clean,$(GOALS)),)
	rm -rf build lib/*.so lib/*.so.* lib/*.a
endif
ifneq ($(NEEDS),)
	@CC='$(CC)' CXX='$(CXX)' PKG_CONFIG='$(PKG_CONFIG)' BLAS='$(BLAS)' FORTRAN='$(FORTRAN)' PYTHON='$(PYTHON)' MPI='$(MPI)' HDF5='$(HDF5)' \
	    GRZ_INSTALL='$(or $(GRZ_INSTALL),$(if $(filter demo check check-all,$(GOALS)),1))' scripts/dependencies.sh $(NEEDS)
endif
ifneq ($(filter compiler library,$(NEEDS)),)
	@PKG_CONFIG='$(PKG_CONFIG)' BLAS='$(BLAS)' scripts/dependencies.sh --libraries
endif
ifneq ($(filter-out clean,$(GOALS)),)
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(or $(JOBS),$(shell nproc 2>/dev/null || echo 1))) GRAZING_READY=1 \
	    $(filter-out clean,$(GOALS))
endif

else
# ----------------------------------------------------------------------------------------------------- second pass: the build

version_of = $(shell awk '$$2 == "GRZ_$(1)" { print $$3 }' include/grazing.h)
VERSION := $(call version_of,VERSION_MAJOR).$(call version_of,VERSION_MINOR).$(call version_of,VERSION_PATCH)
SONAME := libgrazing.so.$(call version_of,ABI_VERSION)

# OpenBLAS; another library with the C interface to BLAS only when asked for, BLAS=package.
first_package = $(firstword $(foreach package,$(1),$(shell $(PKG_CONFIG) --exists $(package) 2>/dev/null && echo $(package))))
BLAS ?= openblas
PACKAGES := $(BLAS) lapacke fftw3
# For examples/kinetic.
MPI ?= $(call first_package,ompi-c mpich mpi-c)
HDF5 ?= $(call first_package,hdf5 hdf5-serial)
PACKAGE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check)

# Without OpenMP the library runs on one thread.
OPENMP ?= $(shell echo 'int main(void) { return 0; }' | $(CC) -fopenmp -x c - -o /dev/null 2>/dev/null && echo -fopenmp)

# Never -march=native (crashes elsewhere), -ffast-math (switches denormals off in the program that loads the library) nor -fno-trapping-math
# (divides before it decides, which ends a host that traps).
CFLAGS ?= -O3 -g
FLAGS_asan = -O2 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all
FLAGS_ubsan = -O1 -g1 -fno-omit-frame-pointer -fsanitize=undefined,float-cast-overflow,local-bounds -fno-sanitize-recover=all
FLAGS_tsan = -O1 -fno-omit-frame-pointer -fsanitize=thread
FLAGS_valgrind = -O1
FLAGS_abi = -O0 -g
FLAGS_fuzz = -O1 -fsanitize=fuzzer-no-link,address
FLAGS_coverage = -O1 --coverage -fprofile-update=atomic
WARNINGS = -Wall -Wextra -Wpedantic $(if $(OPENMP),,-Wno-unknown-pragmas) $(if $(WERROR),-Werror)
LANGUAGE = -std=gnu99 $(WARNINGS) $(CFLAGS) $(FLAGS_$(FLAVOUR))
# CMakeLists.txt reads these three lines. clang divides before it decides unless told that a host may trap; it then contracts within
# expressions only, which is where the hot loops have their products and sums.
LIBRARY_FLAGS = -fPIC -fvisibility=hidden -ffp-contract=fast -fno-math-errno
CLANG_FLAGS = -ffp-contract=on -ffp-exception-behavior=maytrap
LIBRARY_LINK = -Wl,-z,defs -Wl,-z,nodelete
COMPILE = $(CC) $(CPPFLAGS) -Iinclude -Isrc $(PACKAGE_CFLAGS) $(LANGUAGE) $(LIBRARY_FLAGS) $(if $(findstring clang,$(COMPILER)),$(CLANG_FLAGS)) $(OPENMP)
COMPILE_TEST = $(COMPILE) -Itests $(CHECK_CFLAGS)
COMPILE_EXAMPLE = $(CC) $(CPPFLAGS) -Iinclude $(LANGUAGE)
KINETIC_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(MPI) $(HDF5) 2>/dev/null)
KINETIC_LIBS = $(shell $(PKG_CONFIG) --libs $(MPI) $(HDF5) 2>/dev/null)
LINK = $(CC) $(CFLAGS) $(FLAGS_$(FLAVOUR)) $(LDFLAGS)
LIBS = $(PACKAGE_LIBS) $(OPENMP) -lm -lpthread -ldl

# With NumPy, SciPy and Matplotlib.
PYTHON ?= $(shell scripts/dependencies.sh --python)

# Commands in full with V=1.
HIDE := $(if $(V),,@)
say = $(if $(V),,@printf '%-4s%s\n' $(1) $(2);)

# The release libraries land in lib/, those of other flavours in their folder.
L := $(if $(filter release,$(FLAVOUR)),lib,$(B)/lib)
SHARED := $(L)/libgrazing.so
STATIC := $(L)/libgrazing.a

SOURCES := $(sort $(wildcard src/*/*.c src/*/*/*.c))
OBJECTS := $(SOURCES:%.c=$(B)/%.o)
ORACLES := $(patsubst %.c,$(B)/%.o,$(filter-out %_main.c,$(wildcard tests/oracle/*.c)))
ORACLE_PROGRAMS := $(patsubst %_main.c,$(B)/%,$(wildcard tests/oracle/*_main.c))
SUITES := $(sort $(basename $(notdir $(wildcard tests/test_*.c))))
SUITE_PROGRAMS = $(addprefix $(B)/tests/,$(SUITES))
BENCHES := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/bench/bench_*.c)))
KINETIC := $(filter-out %/main.c %/units.c %/cases.c,$(wildcard examples/kinetic/*.c))
KINETIC_PROGRAMS := $(B)/examples/kinetic/kinetic $(B)/examples/kinetic/units
EXAMPLES := $(patsubst %.c,$(B)/%,$(sort $(wildcard examples/*.c)))

.PHONY: check-all wheel wheel-check notebooks-check types-check fuzz abi-gate-check all demo check suites coverage dist test mutants nan-check bench bench-compare install uninstall docs asan ubsan tsan valgrind symbol-check abi-library abi-check abi-update ffi-check format format-check \
        help consumer-check blas-check header-check manual-check figures python-check julia-check cpp-check oracles examples cmake-check deb deb-check fortran fortran-check kinetic kinetic-check kinetic-figures sundials sundials-check FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: $(SHARED) $(STATIC)

# A stamp changes when its text does, and what depends on it is then built again: new flags, a file added or taken away.
define stamp
$(B)/$(1): FORCE
	@mkdir -p $$(@D)
	@$$(file >$$@.new,$(2)) cmp -s $$@.new $$@ && rm $$@.new || mv $$@.new $$@
endef
$(shell mkdir -p $(B) $(L))
COMPILER := $(shell $(CC) --version 2>/dev/null | head -n 1)
$(eval $(call stamp,compile.stamp,$$(COMPILE) | $$(COMPILER)))
$(eval $(call stamp,compile_test.stamp,$$(COMPILE_TEST) | $$(COMPILER)))
$(eval $(call stamp,compile_example.stamp,$$(COMPILE_EXAMPLE) | $$(COMPILER)))
$(eval $(call stamp,compile_kinetic.stamp,$$(COMPILE_EXAMPLE) $$(KINETIC_CFLAGS) | $$(COMPILER)))
$(eval $(call stamp,link.stamp,$$(LINK) $$(LIBS) $$(OBJECTS)))
$(eval $(call stamp,oracles.stamp,$$(ORACLES)))

$(B)/src/%.o: src/%.c $(B)/compile.stamp
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/%.o: tests/%.c $(B)/compile_test.stamp
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE_TEST) -MMD -MP -c -o $@ $<

# The solver over MPI: the public header, MPI and HDF5.
$(B)/examples/kinetic/%.o: examples/kinetic/%.c $(B)/compile_kinetic.stamp
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE_EXAMPLE) $(KINETIC_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/examples/%.o: examples/%.c $(B)/compile_example.stamp
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE_EXAMPLE) -MMD -MP -c -o $@ $<

$(L)/libgrazing.so.$(VERSION): $(OBJECTS) lib/grazing.map $(B)/link.stamp
	@rm -f $(L)/libgrazing.so*
	$(call say,LD,$@)$(LINK) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=lib/grazing.map $(LIBRARY_LINK) -o $@ $(OBJECTS) $(LIBS)

$(SHARED): $(L)/libgrazing.so.$(VERSION)
	$(HIDE)ln -sf $(<F) $(L)/$(SONAME)
	$(HIDE)ln -sf $(SONAME) $@

$(STATIC): $(OBJECTS) $(B)/link.stamp
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $(OBJECTS)

# --------------------------------------------------------------------------------------------------------------- tests

# Suites link the static library, where the rooms' private functions can be reached, and the oracles.
$(B)/tests/liboracle.a: $(ORACLES) $(B)/oracles.stamp
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $(ORACLES)

$(SUITES:%=$(B)/tests/%): $(B)/tests/%: $(B)/tests/%.o $(B)/tests/liboracle.a $(STATIC) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $< $(B)/tests/liboracle.a $(STATIC) $(CHECK_LIBS) $(LIBS)

$(BENCHES): $(B)/%: $(B)/%.o $(B)/tests/liboracle.a $(STATIC) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $< $(B)/tests/liboracle.a $(STATIC) $(LIBS)

$(ORACLE_PROGRAMS): $(B)/%: $(B)/%_main.o $(B)/tests/liboracle.a $(STATIC) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $< $(B)/tests/liboracle.a $(STATIC) $(LIBS)

# Examples are what a user writes: the public header and the shared library, nothing else.
$(EXAMPLES): $(B)/%: $(B)/%.o $(SHARED) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $< -L$(L) -lgrazing -Wl,-rpath,'$(CURDIR)/$(L)' -lm

$(B)/examples/kinetic/kinetic: $(addprefix $(B)/examples/kinetic/,main.o cases.o)
$(B)/examples/kinetic/units: $(B)/examples/kinetic/units.o
$(KINETIC_PROGRAMS): $(KINETIC:%.c=$(B)/%.o) $(SHARED) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $(filter %.o,$^) -L$(L) -lgrazing -Wl,-rpath,'$(CURDIR)/$(L)' $(KINETIC_LIBS) -lm

examples: $(EXAMPLES)
kinetic: $(KINETIC_PROGRAMS)

kinetic-check: kinetic
	@tests/kinetic.sh $(B)/examples/kinetic $(B)/kinetic

# The cases of docs/kinetic.md at full size, a few minutes; RANKS=2 processes.
kinetic-figures: kinetic
	@examples/kinetic/figures.sh $(B)/examples/kinetic build/kinetic-figures docs/images

# With ARKODE of SUNDIALS, whose Debian package has no pkg-config file.
SUNDIALS_LIBS ?= -lsundials_arkode -lsundials_nvecserial
$(B)/examples/sundials/arkode: $(B)/examples/sundials/arkode.o $(SHARED) $(B)/link.stamp
	$(call say,LD,$@)$(LINK) -o $@ $< -L$(L) -lgrazing -Wl,-rpath,'$(CURDIR)/$(L)' $(SUNDIALS_LIBS) -lm

sundials: $(B)/examples/sundials/arkode

sundials-check: sundials
	$(HIDE)$(B)/examples/sundials/arkode

oracles: $(ORACLE_PROGRAMS)

suites: $(SUITE_PROGRAMS)
	@tests/run.sh $(B)/logs $(SUITE_PROGRAMS)

# One test: T=suite/name, or a suite: T=suite.
TEST = $(subst /, ,$(T))
TEST_PROGRAM = $(B)/tests/test_$(patsubst test_%,%,$(firstword $(TEST)))
test: $(TEST_PROGRAM)
	@GRZ_TEST_ONLY='$(word 2,$(TEST))' CK_VERBOSITY=verbose tests/run.sh $(B)/logs $(TEST_PROGRAM) && cat $(B)/logs/$(notdir $(TEST_PROGRAM)).log

check: all architecture-check $(SUITE_PROGRAMS) examples oracles header-check consumer-check blas-check python-check julia-check cpp-check fortran-check kinetic-check sundials-check manual-check
	@tests/run.sh $(B)/logs $(SUITE_PROGRAMS)

# And what takes longer: the library by CMake, the wheel, the notebooks, the Python package's types.
check-all: check cmake-check wheel-check notebooks-check types-check

# The maximum of C's library loses a NaN: no test uses it but on its own truths in long double.
nan-check:
	@! grep -nE '\<f(max|min)f?\(' tests/test_*.c tests/support/*.h tests/cpp/*.cpp examples/kinetic/units.c || { echo 'keep_largest, larger of tests/support/norms.h'; false; }

# Who may know whom among the rooms of src (docs/architecture.md), from the #includes and the objects.
architecture-check: $(STATIC)
	@tests/architecture.sh src $(B)/src
	@tests/architecture.sh --self-test

# The header alone, as the strictest C99 and as C++; a BLAS with 64-bit integers is refused.
header-check: nan-check
	$(HIDE)echo '#include <grazing.h>' | $(CC) -Iinclude -x c -std=c99 -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror -fsyntax-only -
	$(HIDE)echo '#include <grazing.h>' | $(CXX) -Iinclude -x c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -
	@tests/ilp64.sh '$(CC)' $(B)/ilp64

consumer-check: all
	@MAKE='$(MAKE)' CC='$(CC)' CXX='$(CXX)' PKG_CONFIG='$(PKG_CONFIG)' tests/consumer.sh $(B)/consumer $(VERSION) $(SONAME)

# CMakeLists.txt builds and installs the same library, alone and inside another project.
cmake-check: all
	@MAKE='$(MAKE)' NM='$(NM)' JOBS='$(JOBS)' tests/cmake.sh $(B)/cmake $(SHARED) $(VERSION)

blas-check: $(SHARED)
	@CC='$(CC)' tests/blas.sh $(L) $(B)/blas

# The module of examples/python, its scripts, and the code of docs/python.md.
python-check: all oracles
	@cd tests/python && GRAZING_LIBRARY='$(CURDIR)/$(SHARED)' GRAZING_HEADER='$(CURDIR)/include/grazing.h' \
	    GRAZING_ORACLE='$(CURDIR)/$(B)/tests/oracle/oracle' $(PYTHON) -B -W error -m unittest

# A wheel that carries the library and what it needs, in build/wheel; its trial in a fresh virtual environment without a network.
wheel: all
	@$(PYTHON) -B scripts/wheel.py build/wheel

wheel-check: wheel
	@tests/wheel.sh build/wheel '$(PYTHON)'

# The notebooks of examples/python, executed by Jupyter; with what they show in build/notebooks.
notebooks-check: $(SHARED)
	@GRAZING_LIBRARY='$(CURDIR)/$(SHARED)' GRAZING_HEADER='$(CURDIR)/include/grazing.h' $(PYTHON) -B tests/notebooks.py build/notebooks

types-check:
	@cd examples/python && $(PYTHON) -m mypy --cache-dir='$(CURDIR)/$(B)/mypy' -p grazing

# Nothing is run: ccalls are compared with the header and the library.
julia-check: $(SHARED)
	@cd tests/julia && GRAZING_LIBRARY='$(CURDIR)/$(SHARED)' GRAZING_HEADER='$(CURDIR)/include/grazing.h' $(PYTHON) -B -W error -m unittest

# The Fortran modules and what is made of them, by the compiler named FORTRAN.
FORTRAN_MODULES := examples/fortran/grazing_c.f90 examples/fortran/grazing.f90
$(B)/examples/fortran/%: examples/fortran/%.f90 $(FORTRAN_MODULES) $(SHARED)
	@mkdir -p $(@D)
	$(call say,F90,$<)$(FORTRAN) -O2 -J $(@D) -o $@ $(FORTRAN_MODULES) $< -L$(L) -lgrazing -Wl,-rpath,'$(CURDIR)/$(L)'

fortran: $(B)/examples/fortran/cells

fortran-check: $(SHARED)
	@tests/fortran/check.sh $(B)/fortran '$(CURDIR)/$(L)' '$(FORTRAN)' '$(PYTHON)'

# What is written from the header, anew.
bindings:
	$(PYTHON) -B examples/fortran/generate.py
	$(PYTHON) -B examples/julia/generate.py

# The C++ wrapper, its example and the programs of docs/cpp.md, in C++17 and, where the compiler has it, C++20; by clang++ too if it is there.
cpp-check: $(SHARED)
	@tests/cpp/check.sh $(B)/cpp '$(CURDIR)/$(L)' '$(CXX)' $(if $(findstring clang,$(CXX)),,$(shell command -v clang++ 2>/dev/null))

# Every code block of README.md and docs/, its links, paths and pictures.
manual-check: $(SHARED)
	@CC='$(CC)' OMP_NUM_THREADS=$${OMP_NUM_THREADS:-2} $(PYTHON) -B tests/manual.py $(L) $(B)/manual

# gnuplot wants a UTF-8 locale for Greek letters, which a bare environment lacks.
PLOT = LC_ALL=C.UTF-8 gnuplot

# The pictures of the manual, but for that of make demo and those of make kinetic-figures.
figures: examples
	@mkdir -p build/figures
	cd build/figures && '$(CURDIR)/$(B)/examples/collision_sphere' && $(PLOT) '$(CURDIR)/examples/collision_sphere.gp'
	cd build/figures && OPENBLAS_NUM_THREADS=1 '$(CURDIR)/$(B)/examples/choosing_method' --full && $(PLOT) '$(CURDIR)/examples/choosing_method.gp'
	cp build/figures/*.png docs/images
	@echo 'build/figures has them as SVG too'

bench: $(BENCHES) $(SHARED)
	@for program in $(BENCHES); do echo "== $$(basename $$program)"; OPENBLAS_NUM_THREADS=1 $$program || exit 1; done
	@echo "== python_calls"; CC='$(CC)' GRAZING_LIBRARY='$(CURDIR)/$(SHARED)' $(PYTHON) -B tests/bench/python_calls.py

# BASE=commit: its times and this tree's in turn, RUNS=7 times.
bench-compare: $(SHARED)
	@CC='$(CC)' scripts/bench-compare.sh '$(BASE)' $(RUNS)

demo: all $(B)/examples/grazing_limit
	@mkdir -p build/demo
	cd build/demo && '$(CURDIR)/$(B)/examples/grazing_limit' $(DEMO_ARGUMENTS) && $(PLOT) '$(CURDIR)/examples/grazing_limit.gp'
	@echo build/demo/grazing-limit.png

# ------------------------------------------------------------------------------------------------------------- install

SUBSTITUTE = sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
    -e 's|@SONAME@|$(SONAME)|' -e 's|@LIBS_PRIVATE@|$(strip $(LIBS))|' \
    -e "s|@POINTER_BYTES@|$$(echo __SIZEOF_POINTER__ | $(CC) $(CFLAGS) -E -P -)|"

# What else is installed: the C++ headers beside grazing.h, the Fortran sources with, where gfortran is, its .mod files, the Python package.
# Programs that link libgrazing.a also link what it uses; those libraries themselves are taken as shared ones.
CPP_HEADERS := $(notdir $(wildcard examples/cpp/*.hpp))
PYTHON_MODULES := $(notdir $(wildcard examples/python/grazing/*.py examples/python/grazing/py.typed))
FORTRANDIR ?= $(INCLUDEDIR)/grazing
PYTHONDIR ?= $(shell scripts/python-folder.sh '$(PREFIX)')
WITH_MOD := $(shell command -v $(FORTRAN) 2>/dev/null)

install: all
	install -d '$(DESTDIR)$(INCLUDEDIR)' '$(DESTDIR)$(LIBDIR)' '$(DESTDIR)$(PKGCONFIGDIR)' '$(DESTDIR)$(CMAKEDIR)' '$(DESTDIR)$(FORTRANDIR)' \
	    '$(DESTDIR)$(PYTHONDIR)/grazing'
	install -m 644 include/grazing.h $(CPP_HEADERS:%=examples/cpp/%) '$(DESTDIR)$(INCLUDEDIR)'
	install -m 644 $(STATIC) '$(DESTDIR)$(LIBDIR)/libgrazing.a'
	install -m 755 $(L)/libgrazing.so.$(VERSION) '$(DESTDIR)$(LIBDIR)/libgrazing.so.$(VERSION)'
	ln -sf libgrazing.so.$(VERSION) '$(DESTDIR)$(LIBDIR)/$(SONAME)'
	ln -sf $(SONAME) '$(DESTDIR)$(LIBDIR)/libgrazing.so'
	install -m 644 $(FORTRAN_MODULES) '$(DESTDIR)$(FORTRANDIR)'
	$(if $(WITH_MOD),install -d '$(DESTDIR)$(FORTRANDIR)/gfortran' && $(FORTRAN) -fsyntax-only -J '$(DESTDIR)$(FORTRANDIR)/gfortran' $(FORTRAN_MODULES))
	install -m 644 $(PYTHON_MODULES:%=examples/python/grazing/%) '$(DESTDIR)$(PYTHONDIR)/grazing'
	$(SUBSTITUTE) -e 's|^\([a-z]*dir\)=$(PREFIX)/|\1=$${prefix}/|' pkgconfig/grazing.pc.in >'$(DESTDIR)$(PKGCONFIGDIR)/grazing.pc'
	for file in grazing-config.cmake grazing-config-version.cmake; do $(SUBSTITUTE) cmake/$$file.in >'$(DESTDIR)$(CMAKEDIR)'/$$file || exit 1; done
	chmod 644 '$(DESTDIR)$(PKGCONFIGDIR)/grazing.pc' '$(DESTDIR)$(CMAKEDIR)'/grazing-config*.cmake

# Folders go when they are empty.
uninstall:
	cd '$(DESTDIR)$(INCLUDEDIR)' && rm -f grazing.h $(CPP_HEADERS)
	cd '$(DESTDIR)$(LIBDIR)' && rm -f libgrazing.a libgrazing.so $(SONAME) libgrazing.so.$(VERSION)
	cd '$(DESTDIR)$(FORTRANDIR)' && rm -f $(notdir $(FORTRAN_MODULES)) gfortran/grazing.mod gfortran/grazing_c.mod
	cd '$(DESTDIR)$(PYTHONDIR)/grazing' && rm -f $(PYTHON_MODULES) && rm -rf __pycache__
	rm -f '$(DESTDIR)$(PKGCONFIGDIR)/grazing.pc' '$(DESTDIR)$(CMAKEDIR)/grazing-config.cmake' '$(DESTDIR)$(CMAKEDIR)/grazing-config-version.cmake'
	scripts/remove-empty.sh '$(DESTDIR)$(PREFIX)' '$(DESTDIR)$(FORTRANDIR)/gfortran' '$(DESTDIR)$(FORTRANDIR)' '$(DESTDIR)$(PYTHONDIR)/grazing' \
	    '$(DESTDIR)$(CMAKEDIR)' '$(DESTDIR)$(PKGCONFIGDIR)' '$(DESTDIR)$(INCLUDEDIR)' '$(DESTDIR)$(LIBDIR)'

# Debian packages in build/deb, and their trial in a fresh Debian (as root).
deb:
	@scripts/deb.sh $(VERSION)

deb-check: deb
	@scripts/deb-check.sh

# ---------------------------------------------------------------------------------------------------- sanitizers, valgrind

# Do the tests notice a wrong line? Half an hour; MUTANTS="rules.c lift.c" tries those whose line in tests/mutants.list has one of the words.
mutants:
	@CC='$(CC)' $(PYTHON) -B scripts/mutants.py --jobs $(or $(JOBS),2) $(MUTANTS)

# Check's fork would hide leaks and races from the sanitizers.
asan:
	@CK_FORK=no ASAN_OPTIONS=detect_stack_use_after_return=1:$$ASAN_OPTIONS UBSAN_OPTIONS=print_stacktrace=1:$$UBSAN_OPTIONS \
	    $(MAKE) --no-print-directory suites FLAVOUR=asan

# What clang's UndefinedBehaviorSanitizer sees beyond GCC's: offsets of null pointers, pointers that overflow, bounds of local arrays.
ubsan:
	@CK_FORK=no UBSAN_OPTIONS=print_stacktrace=1:$$UBSAN_OPTIONS $(MAKE) --no-print-directory suites FLAVOUR=ubsan CC=clang

# libgomp synchronises out of ThreadSanitizer's sight; clang's OpenMP tells it through the archer tool. Children of a process with threads
# may start some of their own: what hosts do after fork is tested.
tsan:
	@CK_FORK=no TSAN_OPTIONS=die_after_fork=0:ignore_noninstrumented_modules=1:halt_on_error=0:$$TSAN_OPTIONS \
	    $(MAKE) --no-print-directory suites FLAVOUR=tsan CC=clang

# valgrind computes long double in 64 bits, so accuracy is not judged there; each test is its own process, with its own leak check.
VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect --show-leak-kinds=definite,indirect
valgrind:
	@GRZ_EMULATED_PROCESSOR=1 MEMORY_ONLY=1 WRAPPER='$(VALGRIND)' $(MAKE) --no-print-directory suites FLAVOUR=valgrind

# Which lines of src/ the suites reach, room by room. SUITES and the sizes of the tests are as always.
coverage:
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory suites FLAVOUR=coverage CC=gcc CFLAGS=
	@scripts/coverage.sh build/coverage

# ----------------------------------------------------------------------------------------------------------------- the ABI

# Its own build: the baseline is of gcc -g whatever CC and CFLAGS are.
abi-library:
	@$(MAKE) --no-print-directory FLAVOUR=abi CC=gcc CFLAGS= build/abi/lib/libgrazing.so

symbol-check: $(SHARED)
	@CC='$(CC)' NM='$(NM)' scripts/abi.sh symbols $(SHARED)

abi-check abi-update: $(SHARED) abi-library
	@CC='$(CC)' NM='$(NM)' scripts/abi.sh $(@:abi-%=%) $(SHARED) build/abi/lib/libgrazing.so

# The gate itself: it must find every kind of change, made on a copy.
abi-gate-check:
	@python3 -B tests/abi_gate.py '$(CC)' $(B)/abi-gate

# Random inputs for every room, FUZZ_SECONDS each; with libFuzzer by make fuzz FLAVOUR=fuzz CC=clang.
FUZZ_SECONDS ?= 60
fuzz: $(STATIC)
	@CC='$(CC)' CFLAGS='$(CFLAGS) $(FLAGS_$(FLAVOUR))' LIBS='$(PACKAGE_CFLAGS) $(LIBS)' tests/fuzz/run.sh $(B)/fuzz $(STATIC) $(FUZZ_SECONDS)

# A caller that cannot read C: Python's ctypes on the shared library.
ffi-check: $(SHARED)
	@python3 tests/ffi.py $(SHARED) include/grazing.h

# ---------------------------------------------------------------------------------------------------------------- the rest

# DIST_CHECK: what is made of the unpacked tarball.
dist:
	@MAKE='$(MAKE)' scripts/dist.sh build/dist $(VERSION) $(DIST_CHECK)

# The site carries the part of MathJax 2 that it uses, so it can be read without a network and put anywhere.
MATHJAX ?= /usr/share/javascript/mathjax
docs:
	@mkdir -p build/docs
	@awk -v check=1 -f scripts/doxygen.awk include/grazing.h
	@missing=0; for name in $$(sed -n 's/^GRZ_API.*[ *]\(grz_[a-z0-9A-Z_]*\)(.*/\1/p' include/grazing.h); do \
	    grep -q "$$name\`" docs/*.md || { echo "$$name is on no page of docs/"; missing=1; }; done; exit $$missing
	GRAZING_VERSION=$(VERSION) $(DOXYGEN) Doxyfile
	@mkdir -p build/docs/html/mathjax/fonts/HTML-CSS/TeX
	@cd '$(MATHJAX)' && cp -RL MathJax.js config extensions jax '$(CURDIR)/build/docs/html/mathjax' && \
	    cp -RL fonts/HTML-CSS/TeX/woff '$(CURDIR)/build/docs/html/mathjax/fonts/HTML-CSS/TeX'
	@echo build/docs/html/index.html

FORMATTED = $(shell find include src tests examples -name '*.[ch]' -o -name '*.[ch]pp' -o -name '*.inc' 2>/dev/null)
format:
	$(CLANG_FORMAT) -i $(FORMATTED)

format-check:
	$(CLANG_FORMAT) --dry-run --Werror $(FORMATTED)

help:
	@sed -n 's/^#: //p' Makefile

#: make               lib/libgrazing.so and lib/libgrazing.a
#: make demo          build them, run examples/grazing_limit, output in build/demo (DEMO_ARGUMENTS)
#: make check         build everything; run all tests, the header checks, the bindings, the code in the manual, a program against the installed library
#: make check-all     and the library by CMake, the wheel, the notebooks, the Python package's types
#: make suites        the Check suites only; SUITES="test_a test_b" picks some (also for the next three)
#: make test          one test: T=suite/name, as T=grid/nodes_are_cell_centres; or one suite: T=grid
#: make mutants       tests/mutants.list: single lines changed, NaNs planted; what no suite notices is listed, half an hour (MUTANTS)
#: make asan          the suites under AddressSanitizer and UndefinedBehaviorSanitizer
#: make ubsan         the suites under clang's UndefinedBehaviorSanitizer
#: make tsan          the suites under ThreadSanitizer (clang)
#: make valgrind      the suites under valgrind
#: make sundials      build examples/sundials, the spectral operator under ARKODE; make sundials-check runs it
#: make kinetic       build examples/kinetic, a solver over MPI; make kinetic-check tests it; make kinetic-figures draws docs/kinetic.md
#: make manual-check  compile and run every code block of README.md and docs/, follow their links and paths
#: make figures       draw the pictures of docs/choosing.md and docs/mathematics.md anew, about a minute
#: make bench         run tests/bench
#: make bench-compare BASE=commit: the times of both, run in turn, as ratios with their spread (RUNS=7)
#: make coverage      which lines of src/ the suites reach, by gcov
#: make dist          build/dist/libgrazing-VERSION.tar.gz of this commit, built and tested where it is unpacked (DIST_CHECK=check: wholly)
#: make install       into PREFIX (/usr/local), below DESTDIR; make uninstall takes the files away again
#: make wheel        a Python wheel that carries the library, in build/wheel; make wheel-check installs and uses it; notebooks-check runs the notebooks
#: make deb          Debian packages in build/deb; make deb-check tries them in a Debian of its own (root)
#: make docs          the manual, the reference of include/grazing.h and the figures as one site in build/docs/html
#: make abi-check     compare the exported functions and their types with lib/grazing.symbols and lib/grazing.abi
#: make abi-update    write these two anew
#: make abi-gate-check  make every kind of change on a copy of the interface and see that abi-check finds it
#: make fuzz          random inputs for every room, FUZZ_SECONDS (60) each
#: make ffi-check     call the shared library from Python
#: make python-check  test the Python module; likewise julia-check (not executed, compared with the header), cpp-check
#: make fortran      build examples/fortran; make fortran-check tests the Fortran modules
#: make cmake-check  build, install and use the library by CMake, and compare with what make builds
#: make bindings      write examples/julia/library.jl and examples/fortran/grazing_c.f90 anew from the header
#: make format        clang-format all C and C++ files; make format-check tells whether that would change any
#: make clean         remove what was built
#:
#: Variables: CC, CFLAGS (-O3 -g), CPPFLAGS, LDFLAGS, PREFIX, LIBDIR, INCLUDEDIR, DESTDIR, WERROR=1, V=1 (show commands),
#: FORTRAN (gfortran), BLAS (openblas; pkg-config name of another BLAS with the C interface), OPENMP (-fopenmp; empty for none), JOBS (suites and, without -j, compilers at once),
#: GRZ_TEST_FAST=1 (smaller tests), GRZ_TEST_FULL=1 (complete tables: docs/testing.md), GRZ_INSTALL=1 (install missing packages
#: with apt-get, as demo and check do), GRZ_NO_INSTALL=1 (never).

-include $(shell find $(B) -name '*.d' 2>/dev/null)
endif
