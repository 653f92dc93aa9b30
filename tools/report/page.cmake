# The report's page: TypeScript and packages from npm, bundled into one script, which embedded.cpp puts into the program.
#
# SOJOURN_PAGE says whether: AUTO (if npm is found and can install what package-lock.json names; else the report has its tables
# and plain figures, which `sojourn --version` says), ON (or the build fails), OFF. Registry and proxies are those of the user's
# npm. Nothing is written outside the build folder.
set(SOJOURN_PAGE AUTO CACHE STRING "The interactive page of reports: AUTO, ON or OFF")
set_property(CACHE SOJOURN_PAGE PROPERTY STRINGS AUTO ON OFF)
find_program(SOJOURN_NPM npm)

set(page_source ${CMAKE_CURRENT_LIST_DIR}/page)
set(page_build ${PROJECT_BINARY_DIR}/page)
set(page_script ${page_build}/page.js)
set(studio_script ${page_build}/studio.js)  # build.mjs puts it beside
set(page_panels calibration study)  # parts of a document whose panels have a script and words of their own (page/src/panels.ts)
set(page_scripts ${page_script} ${studio_script})
foreach(part ${page_panels})
  list(APPEND page_scripts ${page_build}/${part}.js)
endforeach()
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS ${page_source}/src/* ${page_source}/words/* ${page_source}/test/*)
list(APPEND page_files ${page_source}/package.json ${page_source}/package-lock.json ${page_source}/build.mjs
     ${page_source}/tsconfig.json ${page_source}/eslint.config.mjs)

if(SOJOURN_PAGE STREQUAL "OFF" OR (SOJOURN_PAGE STREQUAL "AUTO" AND NOT SOJOURN_NPM))
  message(STATUS "Reports: tables and plain figures only (SOJOURN_PAGE is ${SOJOURN_PAGE}, npm: ${SOJOURN_NPM})")
  foreach(script ${page_scripts})
    file(CONFIGURE OUTPUT ${script} CONTENT "")
  endforeach()
else()
  if(NOT SOJOURN_NPM)
    message(FATAL_ERROR "SOJOURN_PAGE is ON, but there is no npm")
  endif()
  add_custom_command(OUTPUT ${page_scripts}
    COMMAND ${CMAKE_COMMAND} -D NPM=${SOJOURN_NPM} -D SOURCE=${page_source} -D BUILD=${page_build} "-D SCRIPTS=${page_scripts}" "-D PANELS=${page_panels}"
            -D TESTS=${SOJOURN_TESTS} -D REQUIRED=${SOJOURN_PAGE} -P ${CMAKE_CURRENT_LIST_DIR}/bundle.cmake
    DEPENDS ${page_files} ${CMAKE_CURRENT_LIST_DIR}/bundle.cmake
    COMMENT "Bundling the report's page" VERBATIM)
endif()

set(page_style ${page_source}/src/style.css)
set(studio_style ${page_source}/src/studio/studio.css)
set(words ${page_source}/words)
set(panel_files "")
set(panel_names "")
foreach(part ${page_panels})
  string(TOUPPER ${part} name)
  list(APPEND panel_files ${page_build}/${part}.js ${words}/${part}.en.json ${words}/${part}.de.json)
  list(APPEND panel_names "SOJOURN_${name}_SCRIPT=\"${page_build}/${part}.js\"" "SOJOURN_${name}_WORDS_EN=\"${words}/${part}.en.json\"" "SOJOURN_${name}_WORDS_DE=\"${words}/${part}.de.json\"")
endforeach()
set_source_files_properties(report/embedded.cpp PROPERTIES
  OBJECT_DEPENDS "${page_script};${page_style};${studio_script};${studio_style};${words}/en.json;${words}/de.json;${panel_files}"
  COMPILE_DEFINITIONS "SOJOURN_PAGE_SCRIPT=\"${page_script}\";SOJOURN_PAGE_STYLE=\"${page_style}\";SOJOURN_STUDIO_SCRIPT=\"${studio_script}\";SOJOURN_STUDIO_STYLE=\"${studio_style}\";SOJOURN_WORDS_EN=\"${words}/en.json\";SOJOURN_WORDS_DE=\"${words}/de.json\";${panel_names}")
