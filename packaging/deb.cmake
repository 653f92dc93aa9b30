# cpack -G DEB: sojourn (the program), sojourn-dev (what builds on its libraries) and, where they were built, sojourn-mpi, which
# alone asks for MPI, and python3-sojourn.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sojourn)
set(CPACK_PACKAGE_VENDOR "Sojourn")
set(CPACK_PACKAGE_CONTACT "Sojourn maintainers <maintainers@sojourn.invalid>" CACHE STRING
    "Whom the packages name as their maintainer: Name <address>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(version "(= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME sojourn)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "sojourn-mpi, xdg-utils")
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "what a change to a customer journey does to satisfaction
Sojourn sends simulated customers (personas) through the touchpoints of a
journey, as it is and as it could be, with the same luck, and says what a
change does to recommendation (NPS), satisfaction and success, how sure that
is, for whom, and where it comes from.
.
This package has the program, its manual, completions for bash, zsh and fish,
and journeys to start from.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME sojourn-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libeigen3-dev (>= 3.4), libtbb-dev, libfmt-dev (>= 9), libhwy-dev (>= 1.0), libyaml-cpp-dev (>= 0.7), libexpat1-dev, libnlopt-dev, libhdf5-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "sojourn ${version}")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "simulation of customer journeys (libraries for C++20)
The libraries that the program sojourn stands on: engine (agents who walk
through a graph, tallies, estimates, comparisons, result files) and models
(personas, touchpoints, satisfaction, journey and scenario files).
.
This package has the static libraries, their headers, and what CMake's
find_package(Sojourn) reads.")

set(CPACK_DEBIAN_MPI_PACKAGE_NAME sojourn-mpi)
set(CPACK_DEBIAN_MPI_PACKAGE_SECTION science)
set(CPACK_DEBIAN_MPI_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_MPI_PACKAGE_DEPENDS "sojourn ${version}")
set(CPACK_DEBIAN_MPI_PACKAGE_SUGGESTS "openmpi-bin")
set(CPACK_DEBIAN_MPI_DESCRIPTION "what a change to a customer journey does (studies over MPI)
Sojourn sends simulated customers through the touchpoints of a journey and
says what a change does to satisfaction and recommendation.
.
This package makes 'mpirun sojourn batch' work on a study with many
processes.")
# The module is for one Python, 3.N, and is of no use to the next.
math(EXPR next_python "${Python_VERSION_MINOR} + 1")
set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-sojourn)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
    "python3 (>= 3.${Python_VERSION_MINOR}), python3 (<< 3.${next_python}), python3-numpy")
set(CPACK_DEBIAN_PYTHON_PACKAGE_RECOMMENDS "python3-pandas")
set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "sojourn ${version}")
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/python/postinst ${CMAKE_CURRENT_LIST_DIR}/python/prerm)
set(CPACK_DEBIAN_PYTHON_DESCRIPTION "what a change to a customer journey does (module for Python 3)
Sojourn sends simulated customers through the touchpoints of a journey and
says what a change does to satisfaction and recommendation.
.
This package has the module sojourn: journeys are loaded, changed, run,
compared and calibrated, with the figures of the program, as NumPy arrays and
pandas frames.")
include(CPack)
