# cmake --install: the program with its manual and completions, the documentation with the scenarios, and, to build on, the libraries
# with their headers and find_package(Sojourn).
#
# Components: program, mpi and python (where they were built), development. Not of instrumented builds, which are for tests.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(made ${PROJECT_BINARY_DIR}/packaging)

# ---- program ----
install(TARGETS sojourn RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
if(TARGET sojourn_mpi)
  install(TARGETS sojourn_mpi RUNTIME DESTINATION libexec/sojourn COMPONENT mpi)  # where mpi_program.cpp looks
endif()

# The program itself knows its command table, and writes its manual and completions from it.
add_custom_command(OUTPUT ${made}/reference.stamp
  COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:sojourn> -D INTO=${made} -P ${CMAKE_CURRENT_LIST_DIR}/reference.cmake
  DEPENDS sojourn ${CMAKE_CURRENT_LIST_DIR}/reference.cmake
  COMMENT "Writing manual and completions" VERBATIM)
add_custom_target(sojourn_reference ALL DEPENDS ${made}/reference.stamp)
install(DIRECTORY ${made}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT program)
install(FILES ${made}/completions/sojourn.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME sojourn COMPONENT program)
install(FILES ${made}/completions/sojourn.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)

# Debian's zsh reads another folder below /usr than below /usr/local, and its packages say who may copy them.
set(data ${CMAKE_INSTALL_DATADIR})
file(CONFIGURE OUTPUT ${made}/places.cmake @ONLY CONTENT [[
set(zsh site-functions)
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(zsh vendor-completions)
endif()
]])
install(CODE "include(${made}/places.cmake)
file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${data}/zsh/\${zsh}\" TYPE FILE RENAME _sojourn
     FILES \"${made}/completions/sojourn.zsh\")" COMPONENT program)
set(package_of_program sojourn)
set(package_of_development sojourn-dev)
set(package_of_mpi sojourn-mpi)
set(package_of_python python3-sojourn)
set(components program development)
if(TARGET sojourn_mpi)
  list(APPEND components mpi)
endif()
if(python_module MATCHES "^yes")
  list(APPEND components python)
endif()
foreach(component ${components})
  set(package ${package_of_${component}})
  install(CODE "if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
  file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${data}/doc/${package}\" TYPE FILE FILES \"${CMAKE_CURRENT_LIST_DIR}/copyright\")
endif()" COMPONENT ${component})
endforeach()

# ---- documentation, laid out as in the tree, so that its links lead somewhere ----
set(doc ${data}/doc/sojourn)
foreach(file README.md CHANGELOG.md LICENSE engine/README.md engine/store/FORMAT.md models/README.md models/FIELDS.md
             tools/report/FORMAT.md tools/archive/POSTERIOR.md tools/batch/RESULTS.md tools/batch/CLUSTERS.md
             tools/batch/FIGURES.md tools/studio/README.md examples/README.md examples/estimates.cpp
             examples/parcel.cpp python/README.md CONTRIBUTING.md docs/README.md docs/TUTORIAL.md docs/ANALYST.md docs/RESEARCHER.md
             docs/LIMITS.md docs/COMMANDS.md docs/COMMANDS.de.md)
  get_filename_component(folder ${file} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/${file} DESTINATION ${doc}/${folder} COMPONENT program)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/gallery DESTINATION ${doc} COMPONENT program FILES_MATCHING PATTERN "*.svg")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/ DESTINATION ${doc}/examples COMPONENT program)
file(CREATE_LINK examples ${made}/scenarios SYMBOLIC)
install(FILES ${made}/scenarios DESTINATION ${doc} COMPONENT program)

# ---- libraries ----
set_target_properties(sojourn_engine PROPERTIES EXPORT_NAME engine)
set_target_properties(sojourn_models PROPERTIES EXPORT_NAME models)
set(headers ${CMAKE_INSTALL_INCLUDEDIR}/sojourn)
install(TARGETS sojourn_engine sojourn_models EXPORT SojournTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development INCLUDES DESTINATION ${headers})
foreach(part engine models)  # what is in detail/ is nobody else's, and alone asks for Boost
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${part} DESTINATION ${headers} COMPONENT development
          FILES_MATCHING PATTERN "*.h" PATTERN "*.inl" PATTERN detail EXCLUDE)
endforeach()
set(config ${CMAKE_INSTALL_LIBDIR}/cmake/Sojourn)
install(EXPORT SojournTargets NAMESPACE sojourn:: DESTINATION ${config} COMPONENT development)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/SojournConfig.cmake.in ${made}/SojournConfig.cmake INSTALL_DESTINATION ${config})
write_basic_package_version_file(${made}/SojournConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${made}/SojournConfig.cmake ${made}/SojournConfigVersion.cmake DESTINATION ${config} COMPONENT development)

include(${CMAKE_CURRENT_LIST_DIR}/deb.cmake)
