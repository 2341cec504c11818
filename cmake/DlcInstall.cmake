# `cmake --install`: the public headers, libdlc, the compiler that it opens at
# the first cache miss, the tool, and the package that find_package(dlc) finds.
include(CMakePackageConfigHelpers)

install(TARGETS dlc EXPORT dlcTargets
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS dlc-compiler dlc-tool)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/frontend/dlc
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/dlc)
install(EXPORT dlcTargets NAMESPACE dlc:: DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dlcConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/dlcConfig.cmake
  ${PROJECT_BINARY_DIR}/dlcConfigVersion.cmake DESTINATION ${package})
